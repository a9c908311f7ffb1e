"""What those who run a server set and watch: options, limits, logs, figures."""
