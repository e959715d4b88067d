import { fileURLToPath } from 'node:url'

/**
 * The folder of the programs that run inside of functions' processes. They are files beside this one: the build copies
 * them as they are.
 */
export const bootstrapFolder = fileURLToPath(new URL('./bootstrap/', import.meta.url))
