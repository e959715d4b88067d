import type { DataPlane } from '../../cloud/service.ts'
import { answerCode } from './functions/code-plane.ts'
import { codeRoot } from './functions/location.ts'
import type { LambdaLive } from './live.ts'
import type { LambdaState } from './state.ts'
import { readUrlAddress } from './urls/address.ts'
import { answerUrl } from './urls/plane.ts'

/** What Lambda answers besides its API: function URLs, and the zips of functions and layers. */
export const lambdaDataPlane: DataPlane<LambdaState, LambdaLive> = {
  claims: address => address.path.startsWith(codeRoot) || readUrlAddress(address) !== undefined,
  answer: async (request, { live }) =>
    readUrlAddress(request.address) ? answerUrl(request, live) : answerCode(request, live),
}
