"""个人信息: units and roles, telephone, password and sessions of the user."""
