"""Files for people and programs; what every file says about itself."""
