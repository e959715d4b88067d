import type { HintRule } from './hint.ts'
import { credentialRules } from './rules/credentials.ts'
import { entranceRules } from './rules/entrance.ts'
import { permissionRules } from './rules/permissions.ts'
import { signatureRules } from './rules/signatures.ts'

/** Mistakes that are known whatever the service. */
export const generalRules: readonly HintRule[] = [
  ...entranceRules,
  ...permissionRules,
  ...signatureRules,
  ...credentialRules,
]
