import { describe, expect, it } from 'vitest'
import { compilePattern } from '../../../src/services/logs/patterns/pattern.ts'

const trail = JSON.stringify({
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  'cluster.name': 'c',
  ThisFlag: true,
})
const users = JSON.stringify({
  user: { id: 1, email: 'John.Stiles@example.com' },
  users: [
    { id: 2, email: 'John.Doe@example.com' },
    { id: 3, email: 'Jane.Doe@example.com' },
  ],
  actions: ['GET', 'PUT', 'DELETE'],
  coordinates: [
    [0, 1, 2],
    [4, 5, 6],
    [7, 8, 9],
  ],
})
const apache = '127.0.0.1 Prod frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534'

/** AWS's own examples, and lines that a function prints: pattern, message, whether it matches. */
const cases: readonly (readonly [pattern: string, message: string, matches: boolean])[] = [
  ['', 'anything', true],
  ['  ', '', true],
  ['" "', 'nowhere', true],
  ['ERROR', '[ERROR 400] BAD REQUEST', true],
  ['ERROR', '[ERROR 419] MISSING ARGUMENTS', true],
  ['ERROR', 'an error', false],
  ['Exception', '[ERROR] Unhanded exception: InvalidQueryException', true],
  ['ERROR ARGUMENTS', '[ERROR 420] INVALID ARGUMENTS', true],
  ['ERROR ARGUMENTS', '[ERROR 401] UNAUTHORIZED REQUEST', false],
  ['?ERROR ?ARGUMENTS', '[INFO] INVALID ARGUMENTS PROVIDED', true],
  ['?ERROR ?ARGUMENTS', '[INFO 200] OK', false],
  ['?ERROR ?ARGUMENTS REQUEST', '[INFO] REQUEST FAILED', true],
  ['?ERROR ?ARGUMENTS REQUEST', '[ERROR 419] MISSING ARGUMENTS', false],
  ['?ERROR -REQUEST', 'calm', true],
  ['"INTERNAL SERVER ERROR"', '[ERROR 500] INTERNAL SERVER ERROR', true],
  ['"INTERNAL SERVER ERROR"', 'INTERNAL ERROR ON SERVER', false],
  ['"[ERROR]" Exception', '[ERROR] InvalidQueryException', true],
  ['"a \\"b\\" \\\\ c"', 'a "b" \\ c', true],
  ['ERROR -ARGUMENTS', '[ERROR 400] BAD REQUEST', true],
  ['ERROR -ARGUMENTS', '[ERROR 419] MISSING ARGUMENTS', false],
  ['-"health check"', 'GET / health check', false],
  ['-ERROR', 'fine', true],
  ['año', 'el año 2024', true],

  ['%AUTHORIZED%', '[ERROR 401] UNAUTHORIZED REQUEST', true],
  ['%^[hc]at%', 'hat trick', true],
  ['%^[hc]at%', 'a hat', false],
  ['%[hc]at$%', 'the cat\n', true],
  ['%[hc]at$%', 'the cats', false],
  ['%colou?r%', 'colour', true],
  ['%^a{3,5}$%', 'aa', false],
  ['%^a{3, 5}$%', 'aaaa', true],
  ['%^a{,2}$%', 'aa', true],
  ['%^starting|^initializing|^shutting down%', 'shutting down now', true],
  ['%^starting|^initializing|^shutting down%', 'skipping initializing', false],
  ['%\\[.\\]%', 'value [7] here', true],
  ['%\\x28ab\\x29%', 'f(ab)', true],
  ['%10\\.10\\.0\\.1%', 'from 10010,051', false],
  ['%\\d+ MB%', 'Max Memory Used: 71 MB', true],
  ['ERROR -%4\\d\\d%', '[ERROR 404]', false],

  ['{ $.eventType = "UpdateTrail" }', trail, true],
  ['{$.eventType=UpdateTrail}', trail, true],
  ['{ $.sourceIPAddress != 123.123.* }', trail, true],
  ['{ $.sourceIPAddress != 111.111.* }', trail, false],
  ['{ $.arrayKey[0] = "value" }', trail, true],
  ['{ $.arrayKey[1] = "value" }', trail, false],
  ['{ $.eventType = %Trail% }', trail, true],
  ['{ $.arrayKey[*] = %val.{2}% }', trail, true],
  ['{ $.* = %111\\.111\\.111\\.1[0-9]{1,2}% }', trail, true],
  ['{ $.[\'cluster.name\'] = "c" }', trail, true],
  ['{ $.objectList[1].id = 2 }', trail, true],
  ['{ $.objectList[*].id > 1 }', trail, true],
  ['{ $.SomeObject IS NULL }', trail, true],
  ['{ $.eventType IS NULL }', trail, false],
  ['{ $.ThisFlag IS TRUE }', trail, true],
  ['{ $.ThisFlag IS FALSE }', trail, false],
  ['{ $.SomeOtherObject NOT EXISTS }', trail, true],
  ['{ $.SomeObject NOT EXISTS }', trail, false],
  ['{ $.constructor NOT EXISTS }', trail, true],
  ['{ $.missing != "x" }', trail, false],
  ['{ $.arrayKey != "x" }', trail, false],
  ['{ $.eventType = "*" }', trail, true],
  ['{ $.eventType = "Up*Tr*" }', trail, true],
  ['{ $.SomeObject = * }', trail, false],
  ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', users, true],
  [
    '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }',
    users,
    true,
  ],
  [
    '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }',
    users,
    false,
  ],
  ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', users, false],
  ['{ $.coordinates[1][2] = 6 }', users, true],
  ['{ $.n >= 60 }', '{"n": 60}', true],
  ['{ $.n < 50 }', '{"n": 49.5}', true],
  ['{ $.n = 1e+3 }', '{"n": 1000}', true],
  ['{ $.n != 1e-3 }', '{"n": 0.001}', false],
  ['{ $.n = 4* }', '{"n": 404}', true],
  ['{ $.n = 3 }', '{"n": "3"}', true],
  ['{ $.n = "3" }', '{"n": 3}', true],
  ['{ $.n > 2 }', '{"n": "many"}', false],
  ['{ $.n = 1 }', 'n=1', false],
  ['{ $.n = 1 }', '2024 INFO {"n": 1}', false],
  ['{ $.n NOT EXISTS }', '{ broken', false],
  ['{ $.level = "error" }', '{"level":"error","message":"x"}\n', true],

  ['[]', apache, true],
  ['[ip, user, username, timestamp, request, status_code, bytes]', apache, true],
  ['[ip, user, rest]', apache, true],
  ['[a, b, c, d, e, f, g, h]', apache, false],
  ['[w1=ERROR, w2]', 'ERROR 09/25/2014 12:00:02 Failed to process request', true],
  ['[w1=ERROR, w2]', 'INFO 09/25/2014 12:00:00 GET /service/resource/67 1200', false],
  ['[w1=ERROR, w2]', 'ERROR', false],
  ['[w1=ERROR || W1=WARNING, w2]', 'WARNING 09/25/2014 Invalid user request', true],
  ['[w1!=ERROR && w1!=WARNING, w2]', 'INFO x', true],
  ['[w1!=ERROR && w1!=WARNING, w2]', 'ERROR x', false],
  ['[..., request =*.html*, status_code = 4*, bytes]', apache, true],
  ['[..., request =*.html*, status_code = 4*,]', apache, true],
  ['[..., status_code = 404 || status_code = 410, bytes]', apache, true],
  ['[ip, ..., bytes > 1000]', apache, true],
  ['[ip, ..., bytes > 2000]', apache, false],
  ['[ip=%127\\.0\\.0\\.[1-9]%, ...]', apache, true],
  ['[..., status >= 400 && status < 500, bytes]', apache, true],
  ['[..., request="GET /index.html HTTP/1.0", status, bytes]', apache, true],
  [
    '[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]',
    'INFO 09/25/2014 12:00:00 GET /service/resource/67 1200',
    true,
  ],
  [
    '[logLevel, date, time, method, url=%/service/resource/[0-9]+$%, response_time]',
    'INFO 09/25/2014 12:00:01 POST /service/resource/67/part/111 1310',
    false,
  ],
]

describe('a filter pattern', () => {
  it.each(cases)('%s on %s: %s', (pattern, message, matches) => {
    expect(compilePattern(pattern).matches(message)).toBe(matches)
  })

  const refused: readonly (readonly [pattern: string, message: string])[] = [
    ['{ $.a = 1', "If a filter pattern starts with '{' it must end with '}'"],
    ['[a, b', "If a filter pattern starts with '[' it must end with ']'"],
    ['{', "If a filter pattern starts with '{' it must end with '}'"],
    ['email@domain.com', "Invalid filter pattern: Invalid character(s) in term 'email@domain.com'"],
    ['""', 'Invalid filter pattern: Invalid character(s) in term \'""\''],
    ['%something!%', "Invalid filter pattern: Invalid character(s) in term '%something!%'"],
    ['%(ab)+%', "Invalid filter pattern: Invalid character(s) in term '%(ab)+%'"],
    ['%café%', "Invalid filter pattern: Invalid character(s) in term '%café%'"],
    ...[
      '"unterminated',
      '%%',
      '%abc',
      '%*%',
      '{ $.a = }x}',
      '{ $.a }',
      '{ a = 1 }',
      '{ $.a = 1 && }',
      '{ ($.a = 1 }',
      '{ $.a IS MAYBE }',
      '{ $.a EXISTS }',
      '{ $.a[x] = 1 }',
      '{ $.a = "unterminated }',
      '{ $.a > "x" }',
      '{ $.a < %x% }',
      '{ $.*[*] = "a" }',
      '{ $.a[*] = 1 || $.b[*] = 1 || $.c[*] = 1 || $.d[*] = 1 }',
      '[a, ..., b, ..., c]',
      '[a, a]',
      '[a b]',
      '[1a]',
      '[a, b=x || c=y]',
      '[status_code = 4* && bytes > 1000, x]',
      '[a=%x%, b=%y%, c=%z%]',
    ].map(pattern => [pattern, 'Invalid'] as const),
  ]
  it.each(refused)('%s is refused', (pattern, message) => {
    expect(() => compilePattern(pattern)).toThrow(
      expect.objectContaining({
        code: 'InvalidParameterException',
        message: expect.stringContaining(message),
      }),
    )
  })

  it('of fields gives what they hold, by name and by position', () => {
    expect(compilePattern('[..., request, , bytes]').extract(apache)).toEqual({
      $1: '127.0.0.1',
      $2: 'Prod',
      $3: 'frank',
      $4: '10/Oct/2000:13:25:15 -0700',
      $request: 'GET /index.html HTTP/1.0',
      $6: '404',
      $bytes: '1534',
    })
    expect(compilePattern('[ip, rest]').extract('1.2.3.4 "a b"  c\n')).toEqual({
      $ip: '1.2.3.4',
      $rest: '"a b"  c',
    })
    expect(compilePattern('ERROR').extract('ERROR')).toEqual({})
  })
})
