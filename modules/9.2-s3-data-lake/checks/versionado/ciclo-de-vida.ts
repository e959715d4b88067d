import { type Check, fail, pass } from '../../../../src/course/check.ts'
import { claimFailure } from '../../../../src/course/claim.ts'
import type { Lab } from '../../../../src/course/lab.ts'
import { createBucket, studentS3 } from '../grader-s3/objects.ts'
import { quoteSome } from '../grader-s3/spanish.ts'
import { callWithClient, type Refusal } from '../grader-s3/special-client.ts'
import {
  type Effect,
  leaveOthersRules,
  readEffects,
  readRules,
  rulesLine,
  ruleText,
} from './lifecycle-rules.ts'

export const expiresRaw: Check = {
  id: 'ciclo-raw',
  title: 'raw/, y solo raw/, caduca a los 90 días',
  points: 2,
  hints: [
    'Una regla sin prefijo, ¿a qué objetos del bucket se aplica?',
    'PutBucketLifecycleConfiguration recibe Rules: cada una con ID, Status, Filter y lo que hace. Filter.Prefix la limita a una carpeta; Expiration.Days dice cuándo caduca.',
    "{ ID: …, Status: 'Enabled', Filter: { Prefix: 'raw/' }, Expiration: { Days: 90 } }",
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'caducar')
    const evidence = { expected: 'Expiration de 90 días con el prefijo raw/', tryIt: rulesLine(bucket) }
    const claim = await lab.student.call('configurarCicloDeVida', [studentS3, bucket])
    if (claim.kind !== 'value') return { ...claimFailure(claim), ...evidence }
    const expiring = readEffects(await readRules(lab, bucket)).filter(
      ({ expirationDays }) => expirationDays !== undefined,
    )
    const isRight =
      expiring.length > 0 &&
      expiring.every(effect => effect.prefix === 'raw/' && effect.expirationDays === 90)
    return isRight
      ? pass
      : fail({ ...evidence, found: expiring.map(describeExpiration).join('; ') || 'nada caduca' })
  },
}

export const cleansRemains: Check = {
  id: 'ciclo-restos',
  title: 'Versiones no actuales a los 30, subidas a los 7',
  points: 1,
  needs: [expiresRaw.id],
  hints: [
    '¿Qué ocupa sitio en un bucket con versionado sin que se vea en un listado normal?',
    'NoncurrentVersionExpiration borra versiones que ya no son actuales; AbortIncompleteMultipartUpload, las partes de subidas que nadie terminó. Con el prefijo vacío valen para todo el bucket.',
    "Una regla con Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } y AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }",
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'restos')
    const tryIt = rulesLine(bucket)
    const claim = await lab.student.call('configurarCicloDeVida', [studentS3, bucket])
    if (claim.kind !== 'value') return { ...claimFailure(claim), tryIt }
    const effects = readEffects(await readRules(lab, bucket))
    for (const [name, expected] of [
      ['noncurrentDays', 'NoncurrentDays: 30 en todo el bucket'],
      ['abortDays', 'DaysAfterInitiation: 7 en todo el bucket'],
    ] as const) {
      const concerned = effects.filter(effect => effect[name] !== undefined)
      const days = name === 'abortDays' ? 7 : 30
      const isRight = (effect: Effect): boolean => effect.prefix === '' && effect[name] === days
      const spares = name === 'noncurrentDays' && sparesVersions(lab, concerned)
      if (concerned.length > 0 && concerned.every(isRight) && !spares) continue
      const found = concerned.map(effect => `${effect[name]} días en ${describePlace(effect)}`).join('; ')
      return fail({ expected, found: spares ? 'deja versiones sin borrar' : found || 'ninguna regla', tryIt })
    }
    return pass
  },
}

export const keepsOthersRules: Check = {
  id: 'ciclo-conserva',
  title: 'Las reglas que ya había siguen ahí',
  points: 1,
  needs: [expiresRaw.id],
  hints: [
    '¿Qué les pasa a las reglas que había cuando escribes las tuyas?',
    'PutBucketLifecycleConfiguration reemplaza la configuración entera. GetBucketLifecycleConfiguration da la que hay, o el error NoSuchLifecycleConfiguration si no hay ninguna.',
    'Lee las reglas, y escribe Rules: [...ajenas, ...tuyas]',
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'ajenas')
    const others = await leaveOthersRules(lab, bucket)
    const tryIt = rulesLine(bucket)
    const expected = `siguen ${quoteSome(
      others.map(({ ID = '' }) => ID),
      3,
    )}, sin cambios`
    const claim = await lab.student.call('configurarCicloDeVida', [studentS3, bucket])
    if (claim.kind !== 'value') return { ...claimFailure(claim, expected), tryIt }
    const rules = await readRules(lab, bucket)
    const texts = new Set(rules.map(ruleText))
    const lost = others.filter(rule => !texts.has(ruleText(rule))).map(({ ID = '' }) => ID)
    if (lost.length > 0) return fail({ expected, found: `se perdió o cambió ${quoteSome(lost, 3)}`, tryIt })
    return rules.length > others.length
      ? pass
      : fail({ expected: 'y además las tuyas', found: 'no están', tryIt })
  },
}

export const changesNothingTwice: Check = {
  id: 'ciclo-repetir',
  title: 'Llamarla otra vez no cambia ninguna regla',
  points: 1,
  needs: [expiresRaw.id],
  hints: [
    'Si la llamas diez veces, ¿cuántas reglas hay?',
    'Cada regla tiene un ID, único en el bucket. Da a las tuyas un ID fijo y podrás reconocerlas.',
    'Antes de juntar, quita de las leídas las que tengan el ID de una tuya',
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'dos-veces')
    await leaveOthersRules(lab, bucket)
    const tryIt = rulesLine(bucket)
    const texts: string[] = []
    for (const _time of ['primera', 'segunda', 'tercera']) {
      const claim = await lab.student.call('configurarCicloDeVida', [studentS3, bucket])
      if (claim.kind !== 'value') return { ...claimFailure(claim, 'la segunda llamada tampoco falla'), tryIt }
      const rules = await readRules(lab, bucket)
      texts.push(rules.map(ruleText).sort().join('\n'))
    }
    const [first = '', ...later] = texts
    const changed = later.find(text => text !== first)
    if (changed === undefined) return pass
    const [before, after] = [first, changed].map(text => text.split('\n').length)
    const found = before === after ? 'cambiaron' : `son ${after}`
    return fail({ expected: `las mismas ${before} reglas`, found, tryIt })
  },
}

export const stopsWhenUnreadable: Check = {
  id: 'ciclo-ilegible',
  title: 'Si no puede leer las reglas, falla sin tocarlas',
  points: 1,
  needs: [keepsOthersRules.id],
  hints: [
    'Un permiso denegado al leer, ¿significa que no hay reglas?',
    'Solo NoSuchLifecycleConfiguration quiere decir «ninguna». Con cualquier otro error no sabes qué hay, y escribir lo borraría.',
    "if (error instanceof S3ServiceException && error.name === 'NoSuchLifecycleConfiguration') devuelve []; si no, throw error",
  ],
  run: async lab => {
    const bucket = await createBucket(lab, 'ilegible')
    const others = await leaveOthersRules(lab, bucket)
    const tryIt = rulesLine(bucket)
    const expected = 'un error (AccessDenied), y las reglas como estaban'
    const claim = await callWithClient(lab, 'configurarCicloDeVida', { refusals: unreadableRules }, [bucket])
    if (claim.kind !== 'value' && claim.kind !== 'error') return { ...claimFailure(claim, expected), tryIt }
    const texts = (await readRules(lab, bucket)).map(ruleText)
    if (others.some(rule => !texts.includes(ruleText(rule)))) {
      return fail({ expected, found: 'escribió encima: las reglas que había se perdieron', tryIt })
    }
    return claim.kind === 'error' ? pass : fail({ expected, found: 'terminó sin error', tryIt })
  },
}

/** What S3 answers to who may not read the rules. */
const unreadableRules: readonly Refusal[] = [
  { method: 'GET', query: 'lifecycle', status: 403, code: 'AccessDenied' },
]

/** Whether a rule leaves versions; where the clock can be moved, that is seen by moving it. */
function sparesVersions({ control }: Lab, effects: readonly Effect[]): boolean {
  return control === undefined && effects.some(({ sparedVersions }) => sparedVersions > 0)
}

function describeExpiration(effect: Effect): string {
  return `${effect.expirationDays} días en ${describePlace(effect)}`
}

function describePlace({ prefix }: Effect): string {
  if (prefix === undefined) return 'parte de los objetos (por etiqueta o tamaño)'
  return prefix === '' ? 'todo el bucket' : `«${prefix}»`
}
