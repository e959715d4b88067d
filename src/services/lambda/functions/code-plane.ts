import type { DataPlaneRequest } from '../../../cloud/service.ts'
import type { WireResponse } from '../../../wire/http.ts'
import type { LambdaLive } from '../live.ts'
import type { LambdaState, StoredZip } from '../state.ts'
import { allVersions } from './find.ts'
import { codeKey, codeRoot } from './location.ts'

/** Answers the address that GetFunction and GetLayerVersion gave for a zip. */
export function answerCode(
  { address, wire, show }: DataPlaneRequest,
  { platform }: LambdaLive,
): WireResponse {
  // AWS keeps zips in a bucket of its own, whose log would call it so.
  show({ operation: `REST.${wire.method}.OBJECT` })
  if (wire.method !== 'GET' && wire.method !== 'HEAD') return { status: 405, headers: { allow: 'GET, HEAD' } }
  const [accountId = '', region = '', file = ''] = address.path.slice(codeRoot.length).split('/')
  const isKnown = [...platform.states()].some(each => each.accountId === accountId && each.region === region)
  const code = isKnown ? findCode(platform.stateOf(accountId, region), file) : undefined
  if (!code) return { status: 404, headers: {} }
  return {
    status: 200,
    headers: { 'content-type': 'application/zip' },
    body: platform.blobs.read(code.blob),
  }
}

function findCode(state: LambdaState, file: string): StoredZip | undefined {
  for (const code of allCode(state)) if (`${codeKey(code)}.zip` === file) return code
  return undefined
}

/** Every zip that a state holds: of functions, of the layers that they use, and of layers. */
export function* allCode(state: LambdaState): Generator<StoredZip> {
  for (const owner of state.functions.values()) {
    for (const { code, settings } of allVersions(owner)) {
      yield code
      for (const layer of settings.layers) yield layer.code
    }
  }
  for (const { versions } of state.layers.values()) for (const { code } of versions.values()) yield code
}
