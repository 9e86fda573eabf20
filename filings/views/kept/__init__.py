"""Forms posted after the login has expired: kept in the session until they are submitted or deleted after the login."""
