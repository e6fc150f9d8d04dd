"""The server of the page: the application with its headers, in one process or in several on one port."""
