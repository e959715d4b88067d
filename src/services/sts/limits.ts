/** Seconds that credentials of AssumeRole may last. Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
export const assumeRoleSeconds = { minimum: 900, default: 3600, maximum: 43_200 } as const

/** Seconds that credentials of GetSessionToken may last. Source: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html */
export const sessionTokenSeconds = { minimum: 900, default: 43_200, maximum: 129_600 } as const

/** Characters of a role session's name. Source: as AssumeRole. */
export const roleSessionName = {
  minimum: 2,
  maximum: 64,
  pattern: /^[\w+=,.@-]*$/,
  written: '[\\w+=,.@-]*',
} as const

/** Characters of an ARN. */
export const arnLength = { minimum: 20, maximum: 2048 } as const
