"""What every gunicorn of this site is started with, read from the folder it is started in."""

# The address of a comparison may hold sixty organisations, and a form names some of them twice.
limit_request_line = 8190
# A spreadsheet of 100,000 rows takes half a minute to make, and a whole release is sent as it is made.
timeout = 300
