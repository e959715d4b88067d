import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly resolved?: string
}

const file = resolve(import.meta.dirname ?? '.', '../../package-lock.json')
const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, LockedPackage> }

it('locks the packages of every platform, not only of the one it was written on', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter(name => !(`${path}/node_modules/${name}` in packages) && !(`node_modules/${name}` in packages))
      .map(name => `${path} → ${name}`),
  )
  expect(missing).toEqual([])
  expect(Object.keys(packages).length).toBeGreaterThan(200)
})

it('names no place to download from, so that each machine uses its own registry', () => {
  const located = Object.entries(packages).filter(([, { resolved }]) => resolved !== undefined)
  expect(located.map(([path]) => path)).toEqual([])
})
