import type { GetAccountSummaryResponse } from '@aws-sdk/client-iam'
import type { Operation } from '../../../cloud/operation.ts'
import {
  accountQuotas,
  attachmentQuotas,
  maxAccessKeys,
  maxGroupsPerUser,
  maxInlinePolicySize,
  maxManagedPolicySize,
  maxPolicyVersions,
  maxTrustPolicySize,
} from '../limits.ts'
import type { IamState } from '../state.ts'

/**
 * Counts what the account has, beside its quotas.
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html
 */
export const getAccountSummary: Operation<IamState, unknown, GetAccountSummaryResponse> = state => ({
  SummaryMap: {
    Users: state.users.size,
    UsersQuota: accountQuotas.UsersPerAccount,
    Groups: state.groups.size,
    GroupsQuota: accountQuotas.GroupsPerAccount,
    GroupsPerUserQuota: maxGroupsPerUser,
    Roles: state.roles.size,
    RolesQuota: accountQuotas.RolesPerAccount,
    Policies: state.policies.size,
    PoliciesQuota: accountQuotas.PoliciesPerAccount,
    PolicySizeQuota: maxManagedPolicySize,
    PolicyVersionsInUse: [...state.policies.values()].reduce((sum, { versions }) => sum + versions.size, 0),
    VersionsPerPolicyQuota: maxPolicyVersions,
    InstanceProfiles: state.instanceProfiles.size,
    InstanceProfilesQuota: accountQuotas.InstanceProfilesPerAccount,
    AccessKeysPerUserQuota: maxAccessKeys,
    AttachedPoliciesPerGroupQuota: attachmentQuotas.group.maximum,
    AttachedPoliciesPerRoleQuota: attachmentQuotas.role.maximum,
    AttachedPoliciesPerUserQuota: attachmentQuotas.user.maximum,
    UserPolicySizeQuota: maxInlinePolicySize.user,
    GroupPolicySizeQuota: maxInlinePolicySize.group,
    RolePolicySizeQuota: maxInlinePolicySize.role,
    AssumeRolePolicySizeQuota: maxTrustPolicySize,
    MFADevices: 0,
    MFADevicesInUse: 0,
    AccountMFAEnabled: 0,
    AccountAccessKeysPresent: 0,
    AccountPasswordPresent: 1,
    AccountSigningCertificatesPresent: 0,
    ServerCertificates: 0,
    ServerCertificatesQuota: 20,
    SigningCertificatesPerUserQuota: 2,
    Providers: 0,
  },
})
