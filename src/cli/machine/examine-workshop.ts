import { access, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readStarter } from '../../course/starters/derive.ts'
import { cloudFolder, measureFolder } from '../cloud-folder/cloud-folder.ts'
import { findRunningCloud } from '../cloud-folder/running-cloud.ts'
import type { CommandContext } from '../context.ts'
import { exerciseFile, listEntries, solutionFile } from '../manifest/manifest.ts'
import { formatBytes } from '../messages/numbers.ts'
import type { DoctorFinding } from '../screens/doctor-screen.ts'
import { readBuildAge } from './build-age.ts'

/** Whether dist/ is there and as new as what it is built from. */
export async function examineBuild({ root, messages: { doctor } }: CommandContext): Promise<DoctorFinding> {
  const label = doctor.build
  const age = await readBuildAge(root())
  if (age.kind === 'fresh') return { state: 'good', label, text: doctor.buildFresh }
  return age.kind === 'missing'
    ? { state: 'missing', label, text: doctor.buildMissing, remedy: doctor.buildDo }
    : { state: 'info', label, text: doctor.buildStale(age.file), remedy: doctor.buildDo }
}

/** Whether progress, reports and backups can be written. */
export async function examineWriteAccess({
  root,
  messages: { doctor },
}: CommandContext): Promise<DoctorFinding> {
  const label = doctor.write
  const folder = join(root(), '.taller')
  const probe = join(folder, `doctor.${process.pid}`)
  try {
    await mkdir(folder, { recursive: true })
    await writeFile(probe, '')
    await rm(probe)
    return { state: 'good', label, text: doctor.writeYes }
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error)
    return { state: 'missing', label, text: doctor.writeNo(reason), remedy: doctor.writeDo }
  }
}

/** Where `npm run cloud` keeps its state, how large that is, and which cloud has it open. */
export async function examineCloudState({
  root,
  messages: { doctor, cloud },
  messages,
}: CommandContext): Promise<DoctorFinding> {
  const label = doctor.cloudState
  const folder = join(root(), cloudFolder)
  const size = await measureFolder(folder)
  if (!size) return { state: 'info', label, text: doctor.cloudStateNone(cloudFolder) }
  const holder = await findRunningCloud(folder)
  const text = doctor.cloudStateThere(cloudFolder, formatBytes(size.bytes, messages))
  const held = holder && doctor.cloudStateHeld(cloud.holder(holder.pid, holder.url))
  return { state: 'good', label, text: held === undefined ? text : `${text}; ${held}` }
}

/** Whether the data that exercises read is there. */
export async function examineData({
  root,
  manifest,
  messages: { doctor },
}: CommandContext): Promise<DoctorFinding> {
  const label = doctor.data
  const files = new Set(listEntries(await manifest()).flatMap(({ exercise }) => exercise.inputs ?? []))
  const missing = await listMissing(root(), [...files])
  if (missing.length === 0) return { state: 'good', label, text: doctor.dataThere(files.size) }
  return { state: 'missing', label, text: doctor.dataMissing(missing.join(', ')), remedy: doctor.dataDo }
}

/** Whether every exercise's file is there, and how many the student has changed. */
export async function examineExercises({
  root,
  manifest,
  messages: { doctor },
}: CommandContext): Promise<DoctorFinding> {
  const label = doctor.exercises
  const entries = listEntries(await manifest())
  const missing = await listMissing(root(), entries.map(exerciseFile))
  const lost = entries.find(entry => missing.includes(exerciseFile(entry)))
  if (lost) {
    const remedy = `npm run exercise ${lost.exercise.id} reset`
    return { state: 'missing', label, text: doctor.exercisesMissing(missing.join(', ')), remedy }
  }
  const touched = await Promise.all(
    entries.map(async entry => {
      const text = await readFile(join(root(), exerciseFile(entry)), 'utf8')
      return text !== (await readStarter(root(), solutionFile(entry)))
    }),
  )
  return { state: 'good', label, text: doctor.exercisesThere(touched.filter(Boolean).length, entries.length) }
}

async function listMissing(root: string, files: readonly string[]): Promise<string[]> {
  const found = await Promise.all(files.map(file => isThere(join(root, file))))
  return files.filter((_, index) => !found[index])
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    // Absent and unreadable are the same here: the exercise cannot use it.
    return false
  }
}
