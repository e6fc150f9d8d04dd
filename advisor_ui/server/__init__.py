"""How the page is served: as an application with its headers, by one process or by several behind one port."""
