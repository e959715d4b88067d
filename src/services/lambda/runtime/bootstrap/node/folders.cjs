// Gives the function the folders of AWS: /tmp, /opt and /var/task are its own, wherever they are on this machine.
'use strict'

exports.mapFolders = () => undefined
