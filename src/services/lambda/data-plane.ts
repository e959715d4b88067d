import type { DataPlane } from '../../cloud/service.ts'
import { answerCode } from './functions/code-plane.ts'
import { codeRoot } from './functions/location.ts'
import type { LambdaLive } from './live.ts'
import type { LambdaState } from './state.ts'

/** What Lambda answers besides its API: the zips of functions and layers. */
export const lambdaDataPlane: DataPlane<LambdaState, LambdaLive> = {
  claims: ({ path }) => path.startsWith(codeRoot),
  answer: async (request, { live }) => answerCode(request, live),
}
