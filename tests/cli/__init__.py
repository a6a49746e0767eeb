"""The commands as a user meets them: exit code, stdout, stderr."""
