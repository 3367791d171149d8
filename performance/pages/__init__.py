"""Views, one module per page. They choose and arrange; they calculate nothing."""
