import type { Lab, Student } from '../../../../src/course/lab.ts'
import { createBucket, putObjects } from '../grader-s3/objects.ts'
import { awkwardName, plainName } from '../grader-s3/samples.ts'

/** More than one page (1,000), and not a multiple of it. */
export const crowdedFolderKeys = 1205

/** What each of its objects holds; not empty, because the SDK warns of an empty body. */
export const crowdedFolderContent = Buffer.from('1')

/** A folder with more keys than one page of a listing holds. */
export interface CrowdedFolder {
  readonly bucket: string
  /** Without a `/` at its end. */
  readonly folder: string
  readonly keys: readonly string[]
}

const folderOfRun = new WeakMap<Student, Promise<CrowdedFolder>>()

/** The run's crowded folder: filling it costs over a thousand requests, so the checks that need one share it. */
export function findCrowdedFolder(lab: Lab): Promise<CrowdedFolder> {
  const known = folderOfRun.get(lab.student)
  if (known !== undefined) return known
  const created = createCrowdedFolder(lab)
  folderOfRun.set(lab.student, created)
  return created
}

async function createCrowdedFolder(lab: Lab): Promise<CrowdedFolder> {
  const bucket = await createBucket(lab, 'paginas')
  const folder = plainName(lab.random)
  const keys = Array.from({ length: crowdedFolderKeys }, (_, index) => {
    const name = index % 100 === 7 ? awkwardName(lab.random) : lab.random.hex(4)
    return `${folder}/${index % 3 === 0 ? '' : `${index % 12}/`}${name}-${index}.csv`
  })
  await putObjects(
    lab,
    bucket,
    keys.map(key => [key, crowdedFolderContent] as const),
  )
  return { bucket, folder, keys }
}
