/*
 * Quotas of an account. Source of all of them: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */

/** How many of each an account may have; the names are AWS's own, as it writes them in its refusals. */
export const accountQuotas = {
  RolesPerAccount: 1000,
  UsersPerAccount: 5000,
  GroupsPerAccount: 300,
  PoliciesPerAccount: 1500,
  InstanceProfilesPerAccount: 1000,
} as const

/** Managed policies of one identity. */
export const attachmentQuotas = {
  role: { name: 'PoliciesPerRole', maximum: 10 },
  user: { name: 'PoliciesPerUser', maximum: 10 },
  group: { name: 'PoliciesPerGroup', maximum: 10 },
} as const

/** Characters, blanks not counted, of all inline policies of one identity together. */
export const maxInlinePolicySize = { role: 10_240, user: 2048, group: 5120 } as const
/** Characters, blanks not counted, of one version of a managed policy. */
export const maxManagedPolicySize = 6144
/** Characters, blanks not counted, of a role's trust policy. */
export const maxTrustPolicySize = 2048
/** Versions of a managed policy that are kept. */
export const maxPolicyVersions = 5
/** Access keys of one user. */
export const maxAccessKeys = 2
/** Groups that one user may be in. */
export const maxGroupsPerUser = 10
/** Tags of one resource. */
export const maxTags = 50
/** Seconds that a role's sessions may last. https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export const sessionSeconds = { minimum: 3600, maximum: 43_200 } as const
/** Entries of one page of any listing. https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export const pageItems = { default: 100, maximum: 1000 } as const
