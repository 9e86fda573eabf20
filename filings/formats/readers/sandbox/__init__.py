"""Read untrusted files in a child process with limits on memory, time and unpacked size."""
