/** What a hint of the cloud is told with, e.g. `{ key, existing }`. */
export type HintFacts = Readonly<Record<string, string>>

/** The words for each hint of the cloud, in Spanish: what is seen, and its likely cause. */
export const hintsEs = {
  'cloud.foreign-host': ({ host }: HintFacts) =>
    `La nube solo responde a nombres de esta máquina, y la petición iba a «${host}». Desde un contenedor, usa localhost.localstack.cloud o una IP de bucle.`,
  'cloud.foreign-origin': ({ origin }: HintFacts) =>
    `La mandó una página de ${origin}. Una API no se deja usar desde páginas ajenas; un bucket sí, con una regla CORS que la nombre.`,
  'cloud.absent-service': ({ service }: HintFacts) =>
    `Esta nube aún no tiene ${service}. Los servicios que tiene están en docs/operaciones.md.`,
  'cloud.absent-operation': ({ service, operation }: HintFacts) =>
    `${service} de esta nube aún no tiene ${operation}, o no con esa opción. Las que tiene están en docs/operaciones.md.`,
  'iam.missing-allow': ({ identity, where, statement }: HintFacts) =>
    `A ${identity} le falta un permiso: ninguna ${policyEs(where)} lo da. La sentencia sería: ${statement}`,
  'iam.explicit-deny': ({ identity, where, action, resource }: HintFacts) =>
    `Una ${policyEs(where)} niega ${action} sobre ${resource} a ${identity}: un Deny gana a cualquier Allow.`,
  'iam.untrusted-caller': ({ role, caller }: HintFacts) =>
    `La política de confianza del rol «${role}» no nombra a ${caller}: sin eso nadie lo asume, diga lo que diga su propia política.`,
  'signature.presigned-mismatch': (_: HintFacts) =>
    'Una URL prefirmada vale solo para el método, el host y las cabeceras con que se firmó: con GET no se sube, y localhost no es 127.0.0.1.',
  'signature.wrong-secret': ({ accessKeyId }: HintFacts) =>
    `El secreto de «${accessKeyId}», como el de toda clave que no dio esta nube, es «test»: AWS_SECRET_ACCESS_KEY=test.`,
  'signature.not-the-issued-secret': ({ accessKeyId }: HintFacts) =>
    `El secreto no es el que se dio con ${accessKeyId}, o algo cambió la petición después de firmarla (un proxy, una cabecera). Compara tu CanonicalRequest con la de la respuesta.`,
  'signature.expired-url': ({ expired, now }: HintFacts) =>
    `La URL caducó a las ${expired} y en la nube son las ${now}. Fírmala otra vez, o por más tiempo (X-Amz-Expires, 7 días como mucho).`,
  'signature.clock-skew': ({ now }: HintFacts) =>
    `El reloj de quien firma y el de la nube (${now}) distan más de 15 minutos. Si adelantaste el de la nube, firma con la misma hora.`,
  'signature.wrong-region': ({ signed, region }: HintFacts) =>
    `Se firmó para ${signed} y el bucket está en ${region}: crea el cliente con region: '${region}'.`,
  'credentials.none': (_: HintFacts) =>
    'La petición no lleva credenciales: nadie la firmó. Con AWS_ACCESS_KEY_ID=test y AWS_SECRET_ACCESS_KEY=test eres la cuenta 000000000000.',
  'credentials.unknown-key': ({ accessKeyId }: HintFacts) =>
    `Esta nube no conoce la clave «${accessKeyId}»: se borró, o es de una nube que se apagó. Pide otra, o usa test.`,
  'credentials.expired': ({ accessKeyId }: HintFacts) =>
    `Las credenciales temporales «${accessKeyId}» vencieron. Pide otras: un cliente con un proveedor de credenciales lo hace solo.`,
  's3.key-deleted': ({ key }: HintFacts) =>
    `«${key}» está borrada con un marcador, y sus versiones siguen: quita el marcador y vuelve.`,
  's3.encoded-key': ({ key, existing }: HintFacts) =>
    `Se pidió la key del evento sin decodificar: «${key}» no existe, pero sí «${existing}». Decodifica %XX, y cada + es un espacio.`,
  's3.key-leading-slash': ({ key, existing }: HintFacts) =>
    `«${key}» no existe, pero sí «${existing}»: la barra del principio es parte de la key.`,
  's3.key-doubled-slash': ({ key, existing }: HintFacts) =>
    `«${key}» no existe, pero sí «${existing}»: dos barras seguidas son otra key. Suele venir de unir un prefijo que ya acaba en /.`,
  's3.key-case': ({ key, existing }: HintFacts) =>
    `«${key}» no existe, pero sí «${existing}»: las mayúsculas cuentan.`,
  's3.key-prefix': ({ key, existing }: HintFacts) =>
    `«${key}» no existe, pero sí «${existing}»: la key es la ruta entera, con su prefijo y sin el nombre del bucket.`,
  's3.bucket-of-another-account': ({ bucket, accountId, owner }: HintFacts) =>
    `El bucket «${bucket}» es de la cuenta ${owner} y llamas con la ${accountId}: «test» es la 000000000000, y doce cifras, esa cuenta. Los nombres son de todos.`,
  's3.bucket-near': ({ bucket, existing }: HintFacts) =>
    `No hay ningún bucket «${bucket}», pero sí «${existing}».`,
  's3.bucket-holds-versions': ({ bucket }: HintFacts) =>
    `«${bucket}» parece vacío, pero guarda versiones y marcadores de borrado: bórralos uno por uno con su VersionId.`,
  's3.public-access-blocked': ({ bucket, setting }: HintFacts) =>
    `«${bucket}» bloquea lo público (${setting}), como todo bucket nuevo desde abril de 2023. Si de verdad ha de serlo, quita antes el bloqueo: s3api delete-public-access-block --bucket ${bucket}.`,
  's3.acls-disabled': ({ bucket }: HintFacts) =>
    `«${bucket}» no usa ACL (BucketOwnerEnforced), como todo bucket nuevo desde abril de 2023: da el acceso con una política del bucket.`,
  's3.filter-nearly-fits': ({ key, prefix, suffix, target }: HintFacts) =>
    `«${key}» casi cumple el filtro del aviso a ${target} (prefijo «${prefix}», sufijo «${suffix}»), así que no se avisó: mayúsculas y barras cuentan.`,
  's3.notification-not-permitted': ({ bucket, target }: HintFacts) =>
    `S3 no puede invocar ${target} en nombre de «${bucket}»: primero el permiso de la función (add-permission), después el aviso.`,
  's3.first-page-only': ({ bucket, prefix, keys }: HintFacts) =>
    `Otra vez la primera página de s3://${bucket}/${prefix} (${keys} keys, IsTruncated), y nadie ha pedido el resto: sigue con NextContinuationToken o con paginateListObjectsV2.`,
  'lambda.timed-out': ({ function: name, seconds, isDefault }: HintFacts) =>
    isDefault === 'true'
      ? `${name} pasó de ${seconds} s, el tiempo que tiene toda función si no dices otro (Timeout).`
      : `${name} pasó de sus ${seconds} s. Dale más tiempo, o mira qué espera: una promesa que no acaba, una nube que no responde.`,
  'lambda.out-of-memory': ({ function: name, megabytes }: HintFacts) =>
    `${name} no cabe en sus ${megabytes} MB. Dale más memoria, o lee por partes (streams) en vez de todo a la vez.`,
  'lambda.zipped-folder': ({ handler, found }: HintFacts) =>
    `El zip lleva la carpeta y no su contenido: está «${found}», y el handler «${handler}» se busca en la raíz. Comprime desde dentro: cd carpeta && zip -r ../f.zip .`,
  'lambda.handler-file-absent': ({ handler, file, files }: HintFacts) =>
    `El handler «${handler}» pide el archivo «${file}», que no está en el zip. En él hay: ${files}.`,
  'lambda.handler-not-exported': ({ handler, file, property }: HintFacts) =>
    `El handler es «${handler}», pero «${file}» no exporta «${property}»: export const ${property} = …`,
  'lambda.handler-malformed': ({ handler }: HintFacts) =>
    `«${handler}» no es un handler: se escribe archivo.función, sin extensión, como index.handler.`,
  'lambda.recursive-loop': ({ function: name, place }: HintFacts) =>
    `${name} se invoca a sí misma: escribe en ${place}, y eso la vuelve a avisar. Escribe en otro prefijo, o pon un filtro que lo deje fuera.`,
  'lambda.loop-ended': ({ function: name, place, times }: HintFacts) =>
    `Lambda cortó el bucle: ${name} se había invocado ${times} veces por lo que ella misma escribe en ${place}.`,
  'lambda.delivery-refused': ({ function: name }: HintFacts) =>
    `El evento no llegó: la política de ${name} no deja que la invoque ese servicio desde ahí. Mira Principal, SourceArn y SourceAccount, y la versión o el alias.`,
  'lambda.delivery-to-nobody': ({ function: name }: HintFacts) =>
    `El evento no llegó: «${name}» ya no existe, y el aviso sigue puesto.`,
  'lambda.function-elsewhere': ({
    function: name,
    region,
    accountId,
    otherRegion,
    otherAccount,
  }: HintFacts) =>
    `«${name}» no está en ${region} de la cuenta ${accountId}, pero sí en ${otherRegion} de la ${otherAccount}: mira la región y la clave del cliente.`,
  'lambda.function-near': ({ function: name, existing }: HintFacts) =>
    `No hay ninguna función «${name}», pero sí «${existing}».`,
  'lambda.function-not-ready': ({ function: name }: HintFacts) =>
    `${name} se está creando o cambiando todavía: espérala antes de usarla.`,
  'lambda.role-does-not-trust': ({ role }: HintFacts) =>
    `La política de confianza del rol «${role}» no deja que lo asuma lambda.amazonaws.com (Principal.Service, acción sts:AssumeRole).`,
  'lambda.role-does-not-trust-on-aws': ({ role }: HintFacts) =>
    `Aquí pasa, en AWS no: la política de confianza del rol «${role}» no deja que lo asuma lambda.amazonaws.com.`,
  'lambda.role-absent': ({ role }: HintFacts) => `El rol «${role}» no existe en esta cuenta.`,
  'logs.group-elsewhere': ({ group, region, accountId, otherRegion, otherAccount }: HintFacts) =>
    `«${group}» no está en ${region} de la cuenta ${accountId}, pero sí en ${otherRegion} de la ${otherAccount}: mira la región y la clave del cliente.`,
  'logs.group-near': ({ group, existing }: HintFacts) =>
    `No hay ningún grupo «${group}», pero sí «${existing}».`,
  'logs.group-not-yet': ({ group, function: name }: HintFacts) =>
    `«${group}» nace con la primera línea de la función: invoca ${name}, y mira que su rol pueda escribir en Logs.`,
}

function policyEs(where = ''): string {
  const names: Readonly<Record<string, string>> = {
    'identity-based policy': 'política de su identidad',
    'resource-based policy': 'política del recurso',
    'permissions boundary': 'política de su límite de permisos',
    'session policy': 'política de la sesión',
  }
  return names[where] ?? where
}

/** A word table for every hint; a missing or superfluous one does not compile. */
export type HintWords = typeof hintsEs
