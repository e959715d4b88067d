import type { Connection, Lab } from '../../../../src/course/lab.ts'
import { fillBucket } from '../grader-s3/fill.ts'
import { createBucket } from '../grader-s3/objects.ts'
import { awkwardName, plainName } from '../grader-s3/samples.ts'

/** More than one page (1,000), and not a multiple of it. */
export const crowdedFolderKeys = 1205

/** What each of its objects holds. */
export const crowdedFolderContent = '1'

/** A folder with more keys than one page of a listing holds. */
export interface CrowdedFolder {
  readonly bucket: string
  /** Without a `/` at its end. */
  readonly folder: string
  readonly keys: readonly string[]
  /** Those of the subfolder that comes last, far from the first page. */
  readonly lastKeys: readonly string[]
}

/** The name of the subfolder that comes last in S3's order. */
export const lastSubfolder = 'zz'

const folderOfRun = new WeakMap<Connection, Promise<CrowdedFolder>>()

/** The run's crowded folder: filling it costs over a thousand requests, so the checks that need one share it. */
export function findCrowdedFolder(lab: Lab): Promise<CrowdedFolder> {
  const known = folderOfRun.get(lab.connection)
  if (known !== undefined) return known
  const created = createCrowdedFolder(lab)
  folderOfRun.set(lab.connection, created)
  return created
}

async function createCrowdedFolder(lab: Lab): Promise<CrowdedFolder> {
  const bucket = await createBucket(lab, 'paginas')
  const folder = plainName(lab.random)
  const subfolders = ['', '', 'a/', 'b/c/', 'm/']
  const keys = Array.from({ length: crowdedFolderKeys }, (_, index) => {
    if (index >= crowdedFolderKeys - 10) return `${folder}/${lastSubfolder}/${lab.random.hex(4)}-${index}.csv`
    const name = index % 100 === 7 ? awkwardName(lab.random) : lab.random.hex(4)
    return `${folder}/${lab.random.pick(subfolders)}${name}-${index}.csv`
  })
  await fillBucket(lab, { bucket, keys: lab.random.shuffle(keys), content: crowdedFolderContent })
  return { bucket, folder, keys, lastKeys: keys.slice(-10) }
}
