import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readContents, resolveLink } from './contents.ts'
import { readZipEntries } from './entries.ts'

/**
 * Unpacks a zip into a folder, over what is there; its files cannot be written afterwards.
 * @throws ZipProblem
 */
export async function unpackZip(bytes: Buffer, folder: string): Promise<void> {
  const entries = await readZipEntries(bytes)
  const folders = new Set(entries.map(({ name, kind }) => (kind === 'folder' ? name : dirname(name))))
  for (const name of folders) await mkdir(join(folder, name), { recursive: true })
  const links: { readonly path: string; readonly target: string }[] = []
  const writes = createWrites()
  try {
    await readContents(bytes, entries, (entry, content) => {
      const path = join(folder, entry.name)
      if (entry.kind === 'link') links.push({ path, target: resolveLink(entry, content) })
      else return writes.add(writeReadOnly(path, content, entry.isExecutable ? 0o555 : 0o444))
    })
  } finally {
    await writes.settled()
  }
  // Last, so that nothing is ever written through one.
  for (const { path, target } of links) await makeLink(path, target)
}

/** Files that are written at the same time: packages are thousands of small ones. */
const maximumWrites = 32

/** Lets some files be written while the next are unpacked. */
function createWrites(): { add(write: Promise<void>): Promise<void> | undefined; settled(): Promise<void> } {
  let pending: Promise<void>[] = []
  const settled = async (): Promise<void> => {
    const writes = pending
    pending = []
    await Promise.all(writes)
  }
  return {
    add: write => {
      pending.push(write)
      // Whoever waits next is told of its failure.
      write.catch(() => undefined)
      return pending.length < maximumWrites ? undefined : settled()
    },
    settled,
  }
}

/** Creates the file; what a layer below has under its name gives way, and is not written through if it is a link. */
async function writeReadOnly(path: string, content: Buffer, mode: number): Promise<void> {
  try {
    await writeFile(path, content, { mode, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    await rm(path, { recursive: true })
    await writeFile(path, content, { mode, flag: 'wx' })
  }
}

async function makeLink(path: string, target: string): Promise<void> {
  try {
    await symlink(target, path)
  } catch (error) {
    // A layer below has something of that name: it stays.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
