"""What every gunicorn of this site is started with, read from the folder it is started in."""

# The address of a comparison may hold sixty organisations, and a form names some of them twice.
limit_request_line = 8190
