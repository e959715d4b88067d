import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { mkdir, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Blob, BlobStore } from '../../../cloud/blob-store.ts'
import { createPrivateFolder, removePrivateFolder } from '../../../cloud/private-folders.ts'
import { unpackZip } from '../code/unpack.ts'
import type { Deployment } from './runtime.ts'

/** Where a function's code and layers are unpacked. */
export interface CodePlace {
  /** What AWS shows as `/var/task`. */
  readonly task: string
  /** What AWS shows as `/opt`. */
  readonly opt: string
  /** An environment less needs it; its folder goes with the last. */
  release(): Promise<void>
}

/** The folders of a runtime: unpacked code, and one `/tmp` for each environment. */
export interface Places {
  /** The folder in which all others are. */
  root(): string
  /** Unpacks a deployment's code once for all of its environments; it stays while one of them holds it. */
  takeCode(deployment: Deployment): Promise<CodePlace>
  /** A new, empty folder. */
  makeTemporary(): Promise<string>
  removeTemporary(folder: string): Promise<void>
  /** Removes all of it; can be used again. */
  clear(): void
}

interface Unpacked {
  readonly folder: string
  readonly ready: Promise<void>
  holders: number
}

/** Creates the folders on first use, in a private one of this process. */
export function createPlaces({
  blobs,
  id,
}: {
  readonly blobs: BlobStore
  readonly id: () => string
}): Places {
  let root: string | undefined
  const unpacked = new Map<string, Unpacked>()
  const rootFolder = (): string => {
    root ??= realpathSync(createPrivateFolder())
    return root
  }
  const release = async (key: string, code: Unpacked): Promise<void> => {
    code.holders -= 1
    if (code.holders > 0 || unpacked.get(key) !== code) return
    unpacked.delete(key)
    await removeFolder(code.folder)
  }
  return {
    root: rootFolder,
    takeCode: async deployment => {
      const key = keyOf(deployment)
      const known = unpacked.get(key)
      // Another name each time: a folder of the same code may just be going away.
      const folder = known?.folder ?? join(rootFolder(), 'functions', id())
      const code = known ?? { folder, ready: unpackCode({ deployment, folder, blobs }), holders: 0 }
      unpacked.set(key, code)
      code.holders += 1
      try {
        await code.ready
      } catch (error) {
        await release(key, code)
        throw error
      }
      return { task: join(folder, 'task'), opt: join(folder, 'opt'), release: () => release(key, code) }
    },
    makeTemporary: async () => {
      const folder = join(rootFolder(), 'environments', id())
      await mkdir(folder, { recursive: true, mode: 0o700 })
      return folder
    },
    removeTemporary: removeFolder,
    clear: () => {
      unpacked.clear()
      if (root !== undefined) removePrivateFolder(root)
      root = undefined
    },
  }
}

async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 })
}

function keyOf({ codeSha256, layers }: Deployment): string {
  const hashes = [codeSha256, ...layers.map(layer => layer.codeSha256)]
  return createHash('sha256').update(hashes.join(' ')).digest('hex')
}

async function unpackCode({
  deployment,
  folder,
  blobs,
}: {
  readonly deployment: Deployment
  readonly folder: string
  readonly blobs: BlobStore
}): Promise<void> {
  const task = join(folder, 'task')
  const opt = join(folder, 'opt')
  await Promise.all([mkdir(task, { recursive: true }), mkdir(opt, { recursive: true })])
  await exposeSdk(dirname(folder))
  for (const layer of deployment.layers) await unpackZip(await readBlob(blobs, layer.code), opt)
  // ES modules do not look at NODE_PATH; they do look into the folders above their own.
  const packages = join(opt, 'nodejs', 'node_modules')
  if (existsSync(packages)) await symlink(packages, join(folder, 'node_modules'), 'junction')
  await unpackZip(await readBlob(blobs, deployment.code), task)
}

async function readBlob(blobs: BlobStore, blob: Blob): Promise<Buffer> {
  const body = blobs.read(blob)
  if (Buffer.isBuffer(body)) return body
  if (body instanceof Uint8Array) return Buffer.from(body)
  const pieces: Uint8Array[] = []
  for await (const piece of body.open()) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** Where packages of this workshop are, for functions that do not bring the SDK, as AWS's Node runtimes have it. */
export function ownPackages(): string {
  const manifest = createRequire(import.meta.url).resolve('@aws-sdk/client-s3/package.json')
  return realpathSync(join(dirname(manifest), '..', '..'))
}

/** Puts the SDK, and nothing else of ours, above the functions' folders. */
async function exposeSdk(functions: string): Promise<void> {
  const exposed = join(functions, 'node_modules')
  if (existsSync(exposed)) return
  await mkdir(exposed, { recursive: true })
  for (const scope of ['@aws-sdk', '@smithy']) {
    try {
      await symlink(join(ownPackages(), scope), join(exposed, scope), 'junction')
    } catch (error) {
      // Another function's environment was first.
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
