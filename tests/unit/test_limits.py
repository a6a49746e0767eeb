import signal
import threading

import pytest

from corpus_tool.limits import TooSlow, time_limit


def test_work_that_takes_too_long_is_interrupted() -> None:
    """A block without end is ended by the timer."""

    def work() -> None:
        with time_limit(0.02):
            while True:
                pass

    with pytest.raises(TooSlow):
        work()


def test_the_timer_and_the_handler_are_put_back() -> None:
    """After the block no timer runs and the signal is the caller's again, also after an error."""

    def before(*_args: object) -> None:
        """The caller's own handler."""

    signal.signal(signal.SIGALRM, before)
    with time_limit(5):
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
    with pytest.raises(KeyError), time_limit(5):
        raise KeyError
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before
    signal.signal(signal.SIGALRM, signal.SIG_DFL)


def test_zero_is_no_limit() -> None:
    """With 0 no timer is set."""
    with time_limit(0):
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0


def test_another_thread_has_no_limit() -> None:
    """Where no signal can arrive the block simply runs."""
    done: list[bool] = []

    def work() -> None:
        with time_limit(5):
            done.append(signal.getitimer(signal.ITIMER_REAL)[0] == 0)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]
