"""Commands, their output and their exit code, as pages that anyone can read and a test holds true."""
