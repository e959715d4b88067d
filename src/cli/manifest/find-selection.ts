import { exerciseFile, listEntries, type Manifest, type Selection } from './manifest.ts'

/**
 * Finds what a word names: an id (`9.2`, `9.2.3`, `09.02`), a slug (`objetos`), a module's folder or a file's path
 * (`exercises/9.2-s3-data-lake/objetos.ts`); `undefined` when it names nothing.
 */
export function findSelection(manifest: Manifest, word: string): Selection | undefined {
  const path = word.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, '')
  const id = withoutLeadingZeros(path)
  const module = manifest.find(
    candidate => candidate.id === id || moduleNames(candidate.folder).includes(path),
  )
  if (module) return { kind: 'module', module }
  const entry = listEntries(manifest).find(
    each =>
      each.exercise.id === id ||
      each.exercise.slug === path ||
      path === `${each.exercise.slug}.ts` ||
      path === `${each.exercise.id}-${each.exercise.slug}` ||
      endsOfPath(exerciseFile(each)).some(end => path.endsWith(end)),
  )
  return entry && { kind: 'exercise', ...entry }
}

/** Every word that names a module or an exercise, ids first. */
export function selectionWords(manifest: Manifest): string[] {
  const entries = listEntries(manifest)
  return [
    ...manifest.map(module => module.id),
    ...entries.map(({ exercise }) => exercise.id),
    ...entries.map(({ exercise }) => exercise.slug),
  ]
}

/** The file without its first folder, so that a solution's names it too; a function's folder names it as well. */
function endsOfPath(file: string): string[] {
  return file.startsWith('lambdas/')
    ? [file, file.replace(/\/index\.ts$/, '')]
    : [file.replace(/^[^/]+\//, '')]
}

function moduleNames(folder: string): string[] {
  return [folder, `exercises/${folder}`, `modules/${folder}`, `solutions/${folder}`]
}

function withoutLeadingZeros(word: string): string {
  return word.replace(/(^|\.)0+(?=\d)/g, '$1')
}
