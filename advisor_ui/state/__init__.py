"""What the page knows of one visitor: the session, the draft with its wrong answers set aside, and their form in the address."""
