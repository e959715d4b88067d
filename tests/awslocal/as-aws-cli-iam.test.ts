import type { Case } from './running/compare.ts'
import { describeAlike } from './running/describe-alike.ts'
import { missingMoto, startMoto } from './running/moto.ts'
import { startOurs } from './running/ours.ts'

/** Commands of IAM, in order. */
const cases: readonly (string | Case)[] = [
  'iam list-roles --path-prefix /ROLE/',
  'iam create-role --role-name ROLE --path /ROLE/ --assume-role-policy-document file://confianza.json --description ñandú --tags Key=curso,Value=nube Key=capa,Value=oro',
  'iam create-role --role-name ROLE --assume-role-policy-document file://confianza.json',
  `iam create-role --role-name ROLE-2 --path /ROLE/ --assume-role-policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}]}' --max-session-duration 7200`,
  'iam create-role --role-name ROLE-3 --assume-role-policy-document file://no-esta.json',
  'iam create-role --role-name ROLE-3',
  'iam create-role --role-name ROLE-3 --assume-role-policy-document no-es-json',
  'iam wait role-exists --role-name ROLE',
  'iam get-role --role-name ROLE',
  'iam get-role --role-name ROLE --output text',
  'iam get-role --role-name ROLE --output table',
  'iam get-role --role-name ROLE --query Role.AssumeRolePolicyDocument.Statement[0].Principal.Service --output text',
  'iam get-role --role-name no-esta',
  'iam get-rol --role-name ROLE',
  'iam list-roles --path-prefix /ROLE/ --query sort_by(Roles,&RoleName)',
  'iam list-roles --path-prefix /ROLE/ --max-items 1 --query length(Roles)',
  'iam list-roles --path-prefix /ROLE/ --page-size 1 --output text --query Roles[].Path',
  'iam list-role-tags --role-name ROLE',
  'iam tag-role --role-name ROLE --tags Key=uno,Value=1',
  'iam untag-role --role-name ROLE --tag-keys uno capa',
  'iam put-role-policy --role-name ROLE --policy-name leer --policy-document file://politica.json',
  'iam get-role-policy --role-name ROLE --policy-name leer',
  'iam get-role-policy --role-name ROLE --policy-name leer --output text',
  'iam get-role-policy --role-name ROLE --policy-name nada',
  'iam list-role-policies --role-name ROLE',
  'iam create-policy --policy-name ROLE --policy-document file://politica.json',
  'iam list-policies --scope Local --query Policies[?PolicyName==`ROLE`]',
  'iam get-policy-version --policy-arn arn:aws:iam::ACCOUNT:policy/ROLE --version-id v1',
  'iam create-policy-version --policy-arn arn:aws:iam::ACCOUNT:policy/ROLE --policy-document file://politica.json --set-as-default',
  'iam create-policy-version --policy-arn arn:aws:iam::ACCOUNT:policy/ROLE --policy-document file://politica.json --no-set-as-default',
  'iam list-policy-versions --policy-arn arn:aws:iam::ACCOUNT:policy/ROLE',
  'iam attach-role-policy --role-name ROLE --policy-arn arn:aws:iam::ACCOUNT:policy/ROLE',
  'iam list-attached-role-policies --role-name ROLE',
  'iam list-entities-for-policy --policy-arn arn:aws:iam::ACCOUNT:policy/ROLE',
  'iam wait policy-exists --policy-arn arn:aws:iam::ACCOUNT:policy/ROLE',
  'iam update-assume-role-policy --role-name ROLE --policy-document file://confianza.json',
  'iam update-role --role-name ROLE --description otra',
  'iam create-user --user-name ROLE --tags Key=a,Value=b',
  'iam wait user-exists --user-name ROLE',
  'iam get-user --user-name ROLE',
  'iam create-access-key --user-name ROLE --query AccessKey.[UserName,Status]',
  'iam list-access-keys --user-name ROLE --query AccessKeyMetadata[].Status',
  'iam put-user-policy --user-name ROLE --policy-name p --policy-document file://politica.json',
  'iam get-user-policy --user-name ROLE --policy-name p',
  'iam list-groups-for-user --user-name ROLE',
  'iam create-instance-profile --instance-profile-name ROLE',
  'iam add-role-to-instance-profile --instance-profile-name ROLE --role-name ROLE',
  'iam get-instance-profile --instance-profile-name ROLE',
  'iam get-account-authorization-details --filter Role --query RoleDetailList[?RoleName==`ROLE`]',
  'iam enable-mfa-device --user-name ROLE --serial-number s --authentication-code-1 123456 --authentication-code-2 654321',
  'iam enable-mfa-device --user-name ROLE --serial-number s --authentication-code1 123456',
  'iam detach-role-policy --role-name ROLE --policy-arn arn:aws:iam::ACCOUNT:policy/ROLE',
  'iam delete-role --role-name ROLE-2',
  'iam create-role --generate-cli-skeleton',
  "iam create-role --role-name '' --assume-role-policy-document {} --max-session-duration 60 --permissions-boundary x",
  'iam untag-role --role-name ROLE --tag-keys',
]

describeAlike('iam of another cloud', {
  cases,
  names: [
    { ROLE: 'papel-del-cli', ACCOUNT: '123456789012' },
    { ROLE: 'papel-de-casa', ACCOUNT: '123456789012' },
  ],
  startServer: startMoto,
  missing: missingMoto,
})

describeAlike('iam of ours', {
  cases,
  names: [
    { ROLE: 'papel-del-cli', ACCOUNT: '000000000000' },
    { ROLE: 'papel-de-casa', ACCOUNT: '000000000000' },
  ],
  startServer: startOurs,
})
