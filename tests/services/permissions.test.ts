import { describe, expect, it } from 'vitest'
import type { AnyService } from '../../src/cloud/service.ts'
import { iam } from '../../src/services/iam/index.ts'
import { lambda } from '../../src/services/lambda/index.ts'
import { logs } from '../../src/services/logs/index.ts'
import { s3 } from '../../src/services/s3/index.ts'
import { sts } from '../../src/services/sts/index.ts'

const services: readonly AnyService[] = [iam, lambda, logs, s3, sts]

/** Operations that come as browsers' forms are not in AWS's models. */
const ofForms = new Set(['PostObject'])

describe.each(services.map(service => [service.id, service] as const))('%s', (_id, service) => {
  const declared = Object.keys(service.permissions ?? {})

  it('says of each operation that works what a call of it needs', () => {
    expect(Object.keys(service.operations).filter(name => !declared.includes(name))).toEqual([])
  })

  it('says it only of operations that AWS has', () => {
    expect(declared.filter(name => !(name in service.model.operations) && !ofForms.has(name))).toEqual([])
  })
})
