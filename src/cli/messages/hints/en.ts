import type { HintWords } from './es.ts'

/** The words for each hint of the cloud, in English. */
export const hintsEn: HintWords = {
  'cloud.foreign-host': ({ host }) =>
    `The cloud answers only to names of this machine, and the request went to “${host}”. From a container, use localhost.localstack.cloud or a loopback address.`,
  'cloud.foreign-origin': ({ origin }) =>
    `A page of ${origin} sent it. No API can be used from pages of other sites; a bucket can, with a CORS rule that names them.`,
  'cloud.absent-service': ({ service }) =>
    `This cloud has no ${service} yet. The services that it has are in docs/operaciones.md.`,
  'cloud.absent-operation': ({ service, operation }) =>
    `This cloud's ${service} has no ${operation} yet, or not with that option. What it has is in docs/operaciones.md.`,
  'iam.missing-allow': ({ identity, where, statement }) =>
    `${identity} lacks a permission: no ${where} gives it. The statement would be: ${statement}`,
  'iam.explicit-deny': ({ identity, where, action, resource }) =>
    `A ${where} denies ${action} on ${resource} to ${identity}: a Deny beats any Allow.`,
  'iam.untrusted-caller': ({ role, caller }) =>
    `The trust policy of role “${role}” does not name ${caller}: without that nobody assumes it, whatever their own policy says.`,
  'signature.presigned-mismatch': () =>
    'A presigned URL is good only for the method, host and headers it was signed with: one for GET does not upload, and localhost is not 127.0.0.1.',
  'signature.wrong-secret': ({ accessKeyId }) =>
    `The secret of “${accessKeyId}”, as of any key that this cloud did not issue, is “test”: AWS_SECRET_ACCESS_KEY=test.`,
  'signature.not-the-issued-secret': ({ accessKeyId }) =>
    `The secret is not the one issued with ${accessKeyId}, or something changed the request after it was signed (a proxy, a header). Compare your CanonicalRequest with the answer's.`,
  'signature.expired-url': ({ expired, now }) =>
    `The URL expired at ${expired} and the cloud's time is ${now}. Sign it again, or for longer (X-Amz-Expires, 7 days at most).`,
  'signature.clock-skew': ({ now }) =>
    `The signer's clock and the cloud's (${now}) are more than 15 minutes apart. If you moved the cloud's, sign with the same time.`,
  'signature.wrong-region': ({ signed, region }) =>
    `It was signed for ${signed} and the bucket is in ${region}: create the client with region: '${region}'.`,
  'credentials.none': () =>
    'The request carries no credentials: nobody signed it. With AWS_ACCESS_KEY_ID=test and AWS_SECRET_ACCESS_KEY=test you are account 000000000000.',
  'credentials.unknown-key': ({ accessKeyId }) =>
    `This cloud does not know key “${accessKeyId}”: it was deleted, or belongs to a cloud that was stopped. Ask for another, or use test.`,
  'credentials.expired': ({ accessKeyId }) =>
    `The temporary credentials “${accessKeyId}” have expired. Ask for new ones: a client with a credential provider does so itself.`,
  's3.key-deleted': ({ key }) =>
    `“${key}” is deleted by a marker, and its versions are still there: remove the marker and it is back.`,
  's3.encoded-key': ({ key, existing }) =>
    `The event's key was used without decoding it: “${key}” does not exist, “${existing}” does. Decode %XX, and each + is a blank.`,
  's3.key-leading-slash': ({ key, existing }) =>
    `“${key}” does not exist, “${existing}” does: a slash at the beginning is part of the key.`,
  's3.key-doubled-slash': ({ key, existing }) =>
    `“${key}” does not exist, “${existing}” does: two slashes in a row make another key. It often comes from joining a prefix that ends in / already.`,
  's3.key-case': ({ key, existing }) => `“${key}” does not exist, “${existing}” does: case counts.`,
  's3.key-prefix': ({ key, existing }) =>
    `“${key}” does not exist, “${existing}” does: the key is the whole path, with its prefix and without the bucket's name.`,
  's3.bucket-of-another-account': ({ bucket, accountId, owner }) =>
    `Bucket “${bucket}” belongs to account ${owner} and you call as ${accountId}: “test” is 000000000000, twelve digits are that account. Names are everybody's.`,
  's3.bucket-near': ({ bucket, existing }) => `There is no bucket “${bucket}”, but there is “${existing}”.`,
  's3.bucket-holds-versions': ({ bucket }) =>
    `“${bucket}” looks empty but holds versions and delete markers: delete each with its VersionId.`,
  's3.public-access-blocked': ({ bucket, setting }) =>
    `“${bucket}” blocks what is public (${setting}), as every new bucket since April 2023. If it really is to be public, take the block away first: s3api delete-public-access-block --bucket ${bucket}.`,
  's3.acls-disabled': ({ bucket }) =>
    `“${bucket}” has no ACLs (BucketOwnerEnforced), as every new bucket since April 2023: give access by a bucket policy.`,
  's3.filter-nearly-fits': ({ key, prefix, suffix, target }) =>
    `“${key}” nearly fits the filter of the notification to ${target} (prefix “${prefix}”, suffix “${suffix}”), so nobody was told: case and slashes count.`,
  's3.notification-not-permitted': ({ bucket, target }) =>
    `S3 may not invoke ${target} for “${bucket}”: first the function's permission (add-permission), then the notification.`,
  's3.first-page-only': ({ bucket, prefix, keys }) =>
    `The first page of s3://${bucket}/${prefix} again (${keys} keys, IsTruncated), and nobody asked for the rest: go on with NextContinuationToken or paginateListObjectsV2.`,
  'lambda.timed-out': ({ function: name, seconds, isDefault }) =>
    isDefault === 'true'
      ? `${name} took longer than ${seconds} s, which is what a function has if you say nothing else (Timeout).`
      : `${name} took longer than its ${seconds} s. Give it more time, or see what it waits for: a promise that never ends, a cloud that does not answer.`,
  'lambda.out-of-memory': ({ function: name, megabytes }) =>
    `${name} does not fit into its ${megabytes} MB. Give it more memory, or read in pieces (streams) instead of all at once.`,
  'lambda.zipped-folder': ({ handler, found }) =>
    `The zip holds the folder, not what is in it: there is “${found}”, and handler “${handler}” is looked for at the root. Zip from inside: cd folder && zip -r ../f.zip .`,
  'lambda.handler-file-absent': ({ handler, file, files }) =>
    `Handler “${handler}” asks for file “${file}”, which is not in the zip. It holds: ${files}.`,
  'lambda.handler-not-exported': ({ handler, file, property }) =>
    `The handler is “${handler}”, but “${file}” does not export “${property}”: export const ${property} = …`,
  'lambda.handler-malformed': ({ handler }) =>
    `“${handler}” is no handler: it is written file.function, without extension, as index.handler.`,
  'lambda.recursive-loop': ({ function: name, place }) =>
    `${name} invokes itself: it writes to ${place}, which notifies it again. Write to another prefix, or set a filter that leaves it out.`,
  'lambda.loop-ended': ({ function: name, place, times }) =>
    `Lambda ended the loop: ${name} had been invoked ${times} times by what it writes to ${place} itself.`,
  'lambda.delivery-refused': ({ function: name }) =>
    `The event did not arrive: the policy of ${name} does not let that service invoke it from there. See Principal, SourceArn and SourceAccount, and the version or alias.`,
  'lambda.delivery-to-nobody': ({ function: name }) =>
    `The event did not arrive: “${name}” is gone, and the notification is still there.`,
  'lambda.function-elsewhere': ({ function: name, region, accountId, otherRegion, otherAccount }) =>
    `“${name}” is not in ${region} of account ${accountId}, but in ${otherRegion} of ${otherAccount}: see the client's region and key.`,
  'lambda.function-near': ({ function: name, existing }) =>
    `There is no function “${name}”, but there is “${existing}”.`,
  'lambda.function-not-ready': ({ function: name }) =>
    `${name} is still being created or changed: wait for it before you use it.`,
  'lambda.role-does-not-trust': ({ role }) =>
    `The trust policy of role “${role}” does not let lambda.amazonaws.com assume it (Principal.Service, action sts:AssumeRole).`,
  'lambda.role-does-not-trust-on-aws': ({ role }) =>
    `It works here, not on AWS: the trust policy of role “${role}” does not let lambda.amazonaws.com assume it.`,
  'lambda.role-absent': ({ role }) => `Role “${role}” does not exist in this account.`,
  'logs.group-elsewhere': ({ group, region, accountId, otherRegion, otherAccount }) =>
    `“${group}” is not in ${region} of account ${accountId}, but in ${otherRegion} of ${otherAccount}: see the client's region and key.`,
  'logs.group-near': ({ group, existing }) => `There is no group “${group}”, but there is “${existing}”.`,
  'logs.group-not-yet': ({ group, function: name }) =>
    `“${group}” is born with the function's first line: invoke ${name}, and see that its role may write to Logs.`,
}
