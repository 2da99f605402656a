"""People in clothes that are let fall and crease: bones, flesh, cloth, and the stage that lights their triangles."""
