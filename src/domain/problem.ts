import { fill, type Language, type Params, type Words } from './language.ts';

/** What kind of refusal a problem is; `http` chooses the status code from it. */
export type ProblemKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'missing'
  | 'methodNotAllowed'
  | 'notAcceptable'
  | 'conflict'
  | 'preconditionFailed'
  | 'preconditionRequired'
  | 'tooLarge'
  | 'headersTooLarge'
  | 'unsupportedMedia'
  | 'refused'
  | 'tooMany'
  | 'internal'
  | 'unavailable';

interface CatalogueEntry {
  readonly kind: ProblemKind;
  readonly title: Words;
  readonly detail: Words;
  readonly hint?: Words;
}

/**
 * Every way a request can fail: what happened, and how it is mended. Codes are permanent and never reused: they are
 * the last part of a problem's `type`.
 */
export const problems = {
  'request-malformed': {
    kind: 'malformed',
    title: { 'zh-CN': '请求无法识别', en: 'The request cannot be understood' },
    detail: {
      'zh-CN': '这不是一个合法的 HTTP 请求，或者地址的编码有误。',
      en: 'This is not a valid HTTP request, or the encoding of its address is broken.',
    },
  },
  'body-malformed': {
    kind: 'malformed',
    title: { 'zh-CN': '请求正文不是合法的 JSON', en: 'The body is not valid JSON' },
    detail: { 'zh-CN': '正文无法解析：{reason}', en: 'The body cannot be parsed: {reason}' },
    hint: {
      'zh-CN': '请用 UTF-8 编码的 JSON；没有任何内容被保存。',
      en: 'Send JSON in UTF-8; nothing was stored.',
    },
  },
  'request-invalid': {
    kind: 'malformed',
    title: { 'zh-CN': '请求内容不符合要求', en: 'The request is not what the schema wants' },
    detail: { 'zh-CN': '共有 {count} 处需要修改，见 errors。', en: '{count} to mend, see errors.' },
  },
  'key-missing': {
    kind: 'unauthenticated',
    title: { 'zh-CN': '需要密钥', en: 'A key is needed' },
    detail: {
      'zh-CN': '没有密钥只能读取表样、文档和已发布的报告。',
      en: 'Without a key only the forms, the documentation and published reports can be read.',
    },
    hint: { 'zh-CN': '请加请求头 Authorization: Bearer <密钥>。', en: 'Send the header Authorization: Bearer <key>.' },
  },
  'key-unknown': {
    kind: 'unauthenticated',
    title: { 'zh-CN': '密钥无效', en: 'The key is not valid' },
    detail: {
      'zh-CN': '请求头 Authorization 中的密钥无法识别。',
      en: 'The key in the Authorization header is not known.',
    },
    hint: {
      'zh-CN': '格式为 Authorization: Bearer <密钥>；密钥由管理员发给。',
      en: 'The form is Authorization: Bearer <key>; the administrator issues keys.',
    },
  },
  'not-allowed': {
    kind: 'forbidden',
    title: { 'zh-CN': '这个密钥无权这样做', en: 'The key may not do this' },
    detail: {
      'zh-CN': '密钥“{keyId}”是{role}的密钥，不能进行这项操作（{operation}）。',
      en: 'The key “{keyId}” is that of {role} and may not do this ({operation}).',
    },
    hint: { 'zh-CN': '可以进行这项操作的：{roles}。', en: 'Who may: {roles}.' },
  },
  'agency-not-yours': {
    kind: 'forbidden',
    title: { 'zh-CN': '这个密钥不能对该机关这样做', en: 'The key may not do this with that agency' },
    detail: {
      'zh-CN': '密钥“{keyId}”绑定在机关“{root}”：{why}',
      en: 'The key “{keyId}” is bound to the agency “{root}”: {why}',
    },
  },
  'route-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '没有这个地址', en: 'There is nothing at this address' },
    detail: { 'zh-CN': '{path} 不是本服务的地址。', en: '{path} is not an address of this service.' },
    hint: { 'zh-CN': '全部地址见 /docs。', en: 'Every address is listed at /docs.' },
  },
  'form-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '没有这个版本的表样', en: 'There is no such edition of the form' },
    detail: { 'zh-CN': '没有“{edition}”版；现有：{editions}。', en: 'No edition “{edition}”; there are: {editions}.' },
  },
  'agency-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '没有登记这个机关', en: 'The agency is not registered' },
    detail: { 'zh-CN': '没有代码为“{agencyId}”的机关。', en: 'No agency has the id “{agencyId}”.' },
    hint: {
      'zh-CN': '请核对机关代码；确实没有登记的，由公开办用 PUT /v1/agencies/{agencyId} 登记。',
      en: 'Look at the id; an agency that is not registered is by its disclosure office, with PUT /v1/agencies/{agencyId}.',
    },
  },
  'year-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '没有登记这个报告年度', en: 'The reporting year is not registered' },
    detail: { 'zh-CN': '{year} 年度尚未登记。', en: 'The year {year} is not registered.' },
    hint: { 'zh-CN': '先用 PUT /v1/years/{year} 登记。', en: 'Register it first with PUT /v1/years/{year}.' },
  },
  'key-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '没有这个密钥', en: 'There is no such key' },
    detail: {
      'zh-CN': '在可以管理的范围内没有代码为“{keyId}”的密钥。',
      en: 'No key within reach has the id “{keyId}”.',
    },
  },
  'report-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '没有这份报告', en: 'There is no such report' },
    detail: {
      'zh-CN': '“{agencyId}”没有 {year} 年度的报告。',
      en: '“{agencyId}” has no report for {year}.',
    },
  },
  'extension-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '没有给过延期', en: 'There is no such extension' },
    detail: {
      'zh-CN': '“{agencyId}”的 {year} 年度报告没有延期。',
      en: '“{agencyId}” has no extension for {year}.',
    },
  },
  'report-not-yet': {
    kind: 'missing',
    title: { 'zh-CN': '当时还没有这份报告', en: 'There was no such report then' },
    detail: {
      'zh-CN': '“{agencyId}”的 {year} 年度报告在 {asOf} 还没有，或者还没有公开。',
      en: 'The report of “{agencyId}” for {year} was not there at {asOf}, or not public yet.',
    },
    hint: {
      'zh-CN': '各次修订的时间见 revisions；要看现在的报告，请去掉 asOf。',
      en: 'See its revisions for their times; leave out asOf to read it as it is.',
    },
  },
  'revision-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '没有这次修订', en: 'There is no such revision' },
    detail: {
      'zh-CN': '“{agencyId}”的 {year} 年度报告没有可以读取的第 {revision} 次修订。',
      en: 'The report of “{agencyId}” for {year} has no revision {revision} that can be read.',
    },
  },
  'section-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '报告没有这个部分', en: 'The report has no such section' },
    detail: {
      'zh-CN': '没有“{section}”部分；现有：{sections}。',
      en: 'No section “{section}”; there are: {sections}.',
    },
  },
  'finding-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '没有这个问题', en: 'There is no such finding' },
    detail: {
      'zh-CN': '报告在规则“{rule}”、位置“{at}”上现在没有问题，无须说明或豁免。',
      en: 'The report does not fail {rule} at {at} now: there is nothing to explain or to waive.',
    },
    hint: {
      'zh-CN': '规则和位置见核对结果中 findings 的 rule 和 at；只有一处的规则，位置写“-”。',
      en: 'Take rule and at from the findings of the check; a rule with one instance has “-”.',
    },
  },
  'waiver-not-found': {
    kind: 'missing',
    title: { 'zh-CN': '没有说明或豁免', en: 'Nothing was explained or waived' },
    detail: {
      'zh-CN': '规则“{rule}”、位置“{at}”上没有说明，也没有豁免。',
      en: 'Nothing was said in defence of {rule} at {at}.',
    },
  },
  'method-not-allowed': {
    kind: 'methodNotAllowed',
    title: { 'zh-CN': '这个地址不支持该方法', en: 'The method is not allowed here' },
    detail: { 'zh-CN': '这里不支持 {method}；支持：{allowed}。', en: '{method} is not allowed here; {allowed} are.' },
  },
  'not-acceptable': {
    kind: 'notAcceptable',
    title: { 'zh-CN': '无法以要求的格式回答', en: 'The answer cannot be given in the form asked for' },
    detail: {
      'zh-CN': '请求头 Accept 要求“{accept}”，这里只能给出 {offered}。',
      en: 'The Accept header asks for “{accept}”; this address offers {offered}.',
    },
  },
  'report-state': {
    kind: 'conflict',
    title: { 'zh-CN': '报告当前的状态不允许这样做', en: 'The report’s status forbids this' },
    detail: {
      'zh-CN': '报告的状态是“{status}”，不能{act}：只有{from}的报告可以。{now}。',
      en: 'The report is {status}, which does not allow: {act}. That takes one that is {from}. {now}.',
    },
    hint: {
      'zh-CN': '这个密钥现在可以进行的操作见 possible，各有自己的地址，如 POST …/reports/2023/submit。',
      en: 'What is possible now with this key stands in `possible`; each has an address, like POST …/reports/2023/submit.',
    },
  },
  'report-has-errors': {
    kind: 'conflict',
    title: { 'zh-CN': '报告还有没有解决的问题', en: 'The report has errors that stand in the way' },
    detail: {
      'zh-CN': '报告还有 {count} 个问题没有解决，不能{step}，见 findings。',
      en: '{count} findings stand in the way of: {step}. See findings.',
    },
    hint: {
      'zh-CN':
        '请改正数字、补齐空白；severity 为 errorWaivable 的，填报单位说明理由、公开办豁免（PUT …/waivers/规则/位置）。',
      en: 'Mend the figures and fill the blanks; what has the severity errorWaivable may be explained by the reporter and waived by the reviewer (PUT …/waivers/rule/at).',
    },
  },
  'year-not-open': {
    kind: 'conflict',
    title: { 'zh-CN': '报告年度没有开放填报', en: 'The reporting year is not open' },
    detail: {
      'zh-CN': '{year} 年度{status}，填报单位不能填写、说明或报送。',
      en: 'The year {year} is {status}: those who report can neither write, explain nor hand in.',
    },
    hint: {
      'zh-CN': '请联系公开办：公开办可以代为填写，也可以开放该年度。',
      en: 'Ask the disclosure office, which can write the report itself or open the year.',
    },
  },
  'agency-not-there': {
    kind: 'conflict',
    title: { 'zh-CN': '机关当年不存在', en: 'There was no such agency that year' },
    detail: {
      'zh-CN': '“{agencyId}”{why}，不能填写、说明或报送 {year} 年度的报告。',
      en: '“{agencyId}” {why}: it can neither write, explain nor hand in a report for {year}.',
    },
    hint: {
      'zh-CN': '日期登记有误的，请公开办修改 activeFrom 或 activeTo；确需补录的，由公开办录入。',
      en: 'The disclosure office mends activeFrom or activeTo where they are wrong, and records what is to be there all the same.',
    },
  },
  'as-printed-early': {
    kind: 'refused',
    title: { 'zh-CN': '还不能照印件录入', en: 'The report cannot be recorded as printed yet' },
    detail: {
      'zh-CN': '{year} 年度的公布期限是 {publishBy}，期限之前的报告应当正常填报和审核，不能照印件录入（asPrinted）。',
      en: 'Reports of {year} have to be public by {publishBy}; until then they are filled in and reviewed, not recorded as printed (asPrinted).',
    },
  },
  'report-handed-in': {
    kind: 'conflict',
    title: { 'zh-CN': '报送过的报告不能删除', en: 'A report once handed in cannot be deleted' },
    detail: {
      'zh-CN': '报告的状态是“{status}”，只有从未报送的草稿可以删除。',
      en: 'The report is {status}; only a draft never handed in can be deleted.',
    },
  },
  'not-consolidating': {
    kind: 'conflict',
    title: { 'zh-CN': '机关的报告不汇总下级', en: 'The agency’s report adds up no others' },
    detail: {
      'zh-CN': '“{agencyId}”登记为不汇总下级（consolidates 为 false）。',
      en: '“{agencyId}” is registered with `consolidates` false.',
    },
    hint: {
      'zh-CN': '应当汇总的，先用 PATCH /v1/agencies/{agencyId} 把 consolidates 改为 true。',
      en: 'If it does add up others, set `consolidates` to true with PATCH /v1/agencies/{agencyId}.',
    },
  },
  'no-children': {
    kind: 'conflict',
    title: { 'zh-CN': '没有可以汇总的下级机关', en: 'There are no children to add up' },
    detail: {
      'zh-CN': '{year} 年末“{agencyId}”没有下级机关可以汇总；另有垂直领导的 {leftOut} 个，不计入。',
      en: 'At the end of {year} “{agencyId}” had no children to add up; {leftOut} led by their own system do not count.',
    },
    hint: {
      'zh-CN': '请核对下级机关的 parentId、vertical、activeFrom 和 activeTo。',
      en: 'See to the children’s parentId, vertical, activeFrom and activeTo.',
    },
  },
  'nothing-handed-in': {
    kind: 'conflict',
    title: { 'zh-CN': '下级机关都还没有报送', en: 'None of the children has handed in' },
    detail: {
      'zh-CN': '“{agencyId}”的 {expected} 个下级机关都没有报送 {year} 年度的报告，没有数字可以汇总；没有保存任何内容。',
      en: 'None of the {expected} children of “{agencyId}” has handed in for {year}: there is nothing to add up. Nothing was stored.',
    },
    hint: {
      'zh-CN': '至少有一个下级机关报送之后再汇总。',
      en: 'Try again when one of them at least has handed in.',
    },
  },
  'agency-in-use': {
    kind: 'conflict',
    title: { 'zh-CN': '机关还在使用中', en: 'The agency is in use' },
    detail: {
      'zh-CN':
        '“{agencyId}”名下有 {reports} 份报告、{extensions} 项延期、{children} 个下级机关、{keys} 个未撤销的密钥，另有 {predecessors} 个机关由它接续，不能删除。',
      en: '“{agencyId}” has {reports} reports, {extensions} extensions, {children} children, {predecessors} predecessors and {keys} keys not revoked, and cannot be deleted.',
    },
    hint: {
      'zh-CN': '机关撤销请填写 activeTo，不要删除。',
      en: 'Set activeTo to end an agency instead of deleting it.',
    },
  },
  'idempotency-key-reused': {
    kind: 'refused',
    title: { 'zh-CN': 'Idempotency-Key 已用于另一个请求', en: 'The Idempotency-Key was used for another request' },
    detail: {
      'zh-CN': '同一个 Idempotency-Key 先前用于内容不同的请求；没有进行任何操作。',
      en: 'The same Idempotency-Key came with another request before; nothing was done.',
    },
    hint: {
      'zh-CN': '新的操作请换一个新的 Idempotency-Key。',
      en: 'Take a new Idempotency-Key for a new act.',
    },
  },
  'key-exists': {
    kind: 'conflict',
    title: { 'zh-CN': '密钥代码已被占用', en: 'The key’s id is taken' },
    detail: {
      'zh-CN': '已有代码为“{keyId}”的密钥（可能已撤销）；没有发放新的密钥。',
      en: 'There is a key “{keyId}”, perhaps a revoked one; none was issued.',
    },
    hint: {
      'zh-CN': '请换一个代码，或省略 id；要更换密文，请用轮换（rotate）。',
      en: 'Take another id or leave it out; rotate the key to give it a new secret.',
    },
  },
  'key-revoked': {
    kind: 'conflict',
    title: { 'zh-CN': '密钥已撤销', en: 'The key is revoked' },
    detail: {
      'zh-CN': '密钥“{keyId}”已于 {revokedAt} 撤销，不能再修改或轮换。',
      en: 'The key “{keyId}” was revoked at {revokedAt} and cannot be changed or rotated.',
    },
    hint: { 'zh-CN': '请发放新的密钥。', en: 'Issue a new key.' },
  },
  'key-rotated': {
    kind: 'conflict',
    title: { 'zh-CN': '密钥正在轮换', en: 'The key is changing over' },
    detail: {
      'zh-CN': '密钥“{keyId}”已有新密文，旧密文到 {until} 仍然有效；再轮换一次，旧密文就立即失效。',
      en: 'The key “{keyId}” has a new secret already and the one before works until {until}; another would end it at once.',
    },
    hint: {
      'zh-CN': '确需再次轮换，请写明 oldValidUntil。',
      en: 'Name oldValidUntil to rotate it all the same.',
    },
  },
  'last-admin-key': {
    kind: 'conflict',
    title: { 'zh-CN': '这是最后一个管理员密钥', en: 'This is the last admin key' },
    detail: {
      'zh-CN': '“{keyId}”是最后一个不限机关、没有期限的管理员密钥，撤销或设定期限后将无人能管理。',
      en: '“{keyId}” is the last admin key bound to no agency and without an end; without it nobody could mend anything.',
    },
    hint: { 'zh-CN': '请先发放另一个这样的密钥。', en: 'Issue another such key first.' },
  },
  'year-in-use': {
    kind: 'conflict',
    title: { 'zh-CN': '报告年度还在使用中', en: 'The reporting year is in use' },
    detail: {
      'zh-CN':
        '{year} 年度已有 {reports} 份报告、{extensions} 项延期：有报告或延期就不能删除，有报告就不能更换表样版本。',
      en: 'There are {reports} reports and {extensions} extensions for {year}: with either it cannot be deleted, with reports its edition cannot be changed.',
    },
  },
  'last-year-missing': {
    kind: 'conflict',
    title: { 'zh-CN': '上年度没有可以结转的报告', en: 'There is nothing to carry over from last year' },
    detail: {
      'zh-CN': '{year} 年度没有已报送的报告可以结转{missing}；没有保存任何内容。',
      en: 'No report for {year} has been handed in to carry over from{missing}. Nothing was stored.',
    },
    hint: {
      'zh-CN': '上年度的报告报送以后才能结转，草稿不算；上年度没有报告的，请直接填写。',
      en: 'A report counts once it is handed in, a draft does not; where there is none, write this year’s directly.',
    },
  },
  'year-changed': {
    kind: 'conflict',
    title: { 'zh-CN': '年度的表样版本刚刚更换', en: 'The year’s edition has just been changed' },
    detail: {
      'zh-CN': '{year} 年度现在使用“{edition}”版表样，正文是按原来的版本核对的；没有保存任何内容。',
      en: 'The year {year} is now on edition “{edition}”; the body was held against another. Nothing was stored.',
    },
    hint: { 'zh-CN': '请按新的表样重新提交。', en: 'Send it again on the new form.' },
  },
  'precondition-failed': {
    kind: 'preconditionFailed',
    title: { 'zh-CN': '内容已被他人修改', en: 'The resource has changed meanwhile' },
    detail: {
      'zh-CN': '请求中的版本标记与当前版本（{current}）不符；没有保存任何内容。',
      en: 'The tag in the request does not match the current one ({current}); nothing was stored.',
    },
    hint: {
      'zh-CN': '重新读取，把修改合并进去，再用新的 ETag 提交。',
      en: 'Read it again, apply your change, and send the new ETag.',
    },
  },
  'precondition-required': {
    kind: 'preconditionRequired',
    title: { 'zh-CN': '修改需要版本标记', en: 'A change needs If-Match' },
    detail: {
      'zh-CN': '修改已有的报告须在请求头 If-Match 中给出读取时的 ETag；没有保存任何内容。',
      en: 'Changing what exists needs the ETag it was read with in If-Match; nothing was stored.',
    },
    hint: {
      'zh-CN': '确要覆盖，可用 If-Match: *。',
      en: 'Send If-Match: * to overwrite whatever is there.',
    },
  },
  'body-too-large': {
    kind: 'tooLarge',
    title: { 'zh-CN': '请求正文过大', en: 'The body is too large' },
    detail: {
      'zh-CN': '正文超过了 {limit} 字节的上限；没有保存任何内容。',
      en: 'The body is over the limit of {limit} bytes; nothing was stored.',
    },
  },
  'headers-too-large': {
    kind: 'headersTooLarge',
    title: { 'zh-CN': '请求头过大', en: 'The headers are too large' },
    detail: { 'zh-CN': '请求头超过了上限。', en: 'The headers are over the limit.' },
  },
  'too-many-lines': {
    kind: 'tooLarge',
    title: { 'zh-CN': '行数过多', en: 'Too many lines' },
    detail: {
      'zh-CN': '一次最多 {limit} 行，其后的没有处理。',
      en: 'At most {limit} lines at a time; those after them were not looked at.',
    },
    hint: { 'zh-CN': '请分几次提交。', en: 'Send them in several requests.' },
  },
  'too-many-documents': {
    kind: 'tooLarge',
    title: { 'zh-CN': '文件过多', en: 'Too many documents' },
    detail: {
      'zh-CN': '一次最多 {limit} 个文件；没有保存任何内容。',
      en: 'At most {limit} documents at a time; nothing was stored.',
    },
    hint: { 'zh-CN': '请分几次提交。', en: 'Send them in several requests.' },
  },
  'multipart-malformed': {
    kind: 'malformed',
    title: { 'zh-CN': '多文件正文无法拆分', en: 'The multipart body cannot be taken apart' },
    detail: { 'zh-CN': '正文无法拆分成文件：{reason}', en: 'The body cannot be taken apart: {reason}' },
    hint: {
      'zh-CN': '请用 multipart/form-data，每个文件一项；没有保存任何内容。',
      en: 'Send multipart/form-data with a part for each file; nothing was stored.',
    },
  },
  'media-type-unsupported': {
    kind: 'unsupportedMedia',
    title: { 'zh-CN': '不支持这种正文格式', en: 'The media type is not supported' },
    detail: { 'zh-CN': '不支持“{mediaType}”。', en: '“{mediaType}” is not supported.' },
    hint: { 'zh-CN': '这里接受：{accepted}。', en: 'What is accepted here: {accepted}.' },
  },
  'agency-refused': {
    kind: 'refused',
    title: { 'zh-CN': '机关信息有误', en: 'The agency cannot be registered like this' },
    detail: { 'zh-CN': '共有 {count} 处需要修改，见 errors。', en: '{count} to mend, see errors.' },
  },
  'year-refused': {
    kind: 'refused',
    title: { 'zh-CN': '年度的期限有误', en: 'The year cannot have these dates' },
    detail: { 'zh-CN': '共有 {count} 处需要修改，见 errors。', en: '{count} to mend, see errors.' },
  },
  'batch-refused': {
    kind: 'refused',
    title: { 'zh-CN': '批量报告未通过检查', en: 'The batch of reports is refused' },
    detail: {
      'zh-CN': '{lines} 行中共有 {count} 处需要修改，见 errors；没有保存任何内容。',
      en: 'In {lines} lines {count} to mend, see errors; nothing was stored.',
    },
    hint: {
      'zh-CN': 'pointer 的第一部分是行号，从 1 数起；不带 atomic=true 时，没有问题的行照常保存。',
      en: 'The first part of a pointer is the line, counted from 1. Without atomic=true lines without faults are stored.',
    },
  },
  'extension-not-expected': {
    kind: 'refused',
    title: { 'zh-CN': '机关不必报送这一年度的报告', en: 'The agency does not report for the year' },
    detail: {
      'zh-CN':
        '“{agencyId}”不必在本地报送 {year} 年度报告：它属于垂直领导系统，或者在 {year} 年 12 月 31 日尚未设立或已经撤销，不需要延期。',
      en: '“{agencyId}” has no report to hand in for {year}: it is led by a system of its own, or did not exist on 31 December {year}. There is nothing to extend.',
    },
    hint: {
      'zh-CN': '如果登记有误，请修改机关的 vertical、activeFrom 或 activeTo。',
      en: 'Where the agency is registered wrongly, mend its vertical, activeFrom or activeTo.',
    },
  },
  'extension-not-later': {
    kind: 'refused',
    title: { 'zh-CN': '延期后的日期不晚于原定期限', en: 'An extension has to be later than the due date' },
    detail: {
      'zh-CN': '“{agencyId}”的 {year} 年度报告本来就在 {ownDue} 到期，延到 {due} 并没有更晚。',
      en: 'The report of “{agencyId}” for {year} is due on {ownDue} as it is; {due} is no later.',
    },
    hint: {
      'zh-CN': '要让一级机关都提前或推后，请修改年度的 due（推后的，连同 publishBy）；要取消延期，请用 DELETE。',
      en: 'Change `due` of the year to move the date of a whole level, and `publishBy` with it if later; DELETE takes an extension back.',
    },
  },
  'key-refused': {
    kind: 'refused',
    title: { 'zh-CN': '不能这样发放密钥', en: 'The key cannot be like this' },
    detail: { 'zh-CN': '共有 {count} 处需要修改，见 errors。', en: '{count} to mend, see errors.' },
  },
  'not-waivable': {
    kind: 'refused',
    title: { 'zh-CN': '这个问题不能豁免', en: 'The finding cannot be waived' },
    detail: {
      'zh-CN': '规则“{rule}”、位置“{at}”上的问题不能豁免：错误须改正数字，警告不影响报送。',
      en: '{rule} at {at} cannot be waived: an error has to be mended, a warning blocks nothing.',
    },
    hint: {
      'zh-CN': '能豁免的问题，其 severity 是 errorWaivable。',
      en: 'Findings that may be waived have the severity errorWaivable.',
    },
  },
  'report-managed': {
    kind: 'refused',
    title: { 'zh-CN': '报告的状态不能直接写入', en: 'A report’s status cannot be written' },
    detail: {
      'zh-CN': '共有 {count} 处与报告的现状不符，见 errors。',
      en: '{count} not as the report is, see errors.',
    },
    hint: {
      'zh-CN': '状态只随报送、审核、发布等操作改变；请删去这些项目，或原样写回。',
      en: 'They change by acts, not by writing: leave them out, or send them back as read.',
    },
  },
  'year-without-edition': {
    kind: 'refused',
    title: { 'zh-CN': '这个年度没有法定表样', en: 'No edition of the form covers this year' },
    detail: {
      'zh-CN': '{year} 年度没有对应的表样；现有：{covered}。',
      en: 'No edition covers {year}; there are: {covered}.',
    },
  },
  'document-refused': {
    kind: 'refused',
    title: { 'zh-CN': '文件无法读取', en: 'The document cannot be read' },
    detail: { 'zh-CN': '{reason}', en: '{reason}' },
  },
  'document-reading-failed': {
    kind: 'internal',
    title: { 'zh-CN': '读取文件时服务内部出错', en: 'Something went wrong inside while the document was read' },
    detail: {
      'zh-CN': '这个文件没有读完，原因已记入日志；其他文件不受影响。请把这个文件交给管理员。',
      en: 'The document was not read to its end; why is in the log. Others are not affected. Give it to the operator.',
    },
  },
  'too-many-requests': {
    kind: 'tooMany',
    title: { 'zh-CN': '请求过于频繁', en: 'Too many requests' },
    detail: {
      'zh-CN': '这个密钥或地址在一分钟内的请求过多，请在 {seconds} 秒后再试；没有进行任何操作。',
      en: 'Too many requests within a minute by this key or from this address; try again in {seconds} seconds. Nothing was done.',
    },
    hint: {
      'zh-CN': '反复使用无效的密钥也会如此；请检查密钥。多份报告可以成批提交。',
      en: 'Keys that are not valid, sent again and again, have the same effect: check the key. Send many reports as one batch.',
    },
  },
  internal: {
    kind: 'internal',
    title: { 'zh-CN': '服务内部错误', en: 'Something went wrong inside the service' },
    detail: {
      'zh-CN': '请求没有完成；请把请求编号 {requestId} 告诉管理员。',
      en: 'The request was not completed; give the request id {requestId} to the operator.',
    },
  },
  'not-ready': {
    kind: 'unavailable',
    title: { 'zh-CN': '服务暂不可用', en: 'The service is not ready' },
    detail: {
      'zh-CN': '服务正在启动或停止，请稍后再试。',
      en: 'The service is starting or stopping; try again shortly.',
    },
  },
  'import-busy': {
    kind: 'unavailable',
    title: { 'zh-CN': '正在读取的文件过多', en: 'Too many documents are being read' },
    detail: {
      'zh-CN': '正在读取和等待读取的文件已经过多，请稍后再试；没有保存任何内容。',
      en: 'Too many documents are being read or wait to be; try again shortly. Nothing was stored.',
    },
  },
  'feed-busy': {
    kind: 'unavailable',
    title: { 'zh-CN': '等待变更的请求过多', en: 'Too many requests wait for events' },
    detail: {
      'zh-CN': '同时等待的请求已达上限：每个密钥 {perKey} 个，全部 {inAll} 个。',
      en: 'As many requests wait already as may: {perKey} of one key, {inAll} in all.',
    },
    hint: {
      'zh-CN': '一个系统用一个连接跟踪变更即可；也可以不带 wait，定时读取。',
      en: 'One connection is enough to follow the changes; or ask without `wait` from time to time.',
    },
  },
  'statistics-busy': {
    kind: 'unavailable',
    title: { 'zh-CN': '正在发送的大份统计过多', en: 'Too many long answers of statistics are being sent' },
    detail: {
      'zh-CN': '同时发送的大份统计最多 {places} 份，请稍后再试。',
      en: '{places} long answers are sent at once, and as many are under way; try again shortly.',
    },
    hint: {
      'zh-CN': '少要一些指标，或者按上级机关、层级分组，结果不大时随时可查。',
      en: 'Fewer figures, or groups by parent or level, make a short answer, which is given at any time.',
    },
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ProblemCode = keyof typeof problems;

/** One thing to mend in a request. */
export interface Fault {
  /** The part of the request; the body where left out. */
  readonly in?: 'body' | 'query' | 'path' | 'header';
  /** JSON pointer (RFC 6901) to the place. */
  readonly pointer: string;
  readonly detail: Words;
  readonly params?: Params;
}

interface ProblemContext {
  readonly params?: Params;
  readonly faults?: readonly Fault[];
  /** Members of its own beside those every problem has. */
  readonly members?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** A request that failed, thrown; translated to RFC 9457 in one place, `http/problems.ts`. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly params: Params;
  readonly faults: readonly Fault[];
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: ProblemCode, { params, faults = [], members = {}, cause }: ProblemContext = {}) {
    super(code, { cause });
    this.name = 'Problem';
    this.code = code;
    this.params = { count: faults.length, ...params };
    this.faults = faults;
    this.members = members;
  }
}

/** The most faults one answer lists; its detail counts them all. */
const mostListed = 1_000;

/** What a problem says in one language. */
export function problemInWords(problem: Problem, language: Language) {
  const entry: CatalogueEntry = problems[problem.code];
  return {
    title: entry.title[language],
    detail: fill(entry.detail, language, problem.params),
    ...(entry.hint && { hint: fill(entry.hint, language, problem.params) }),
    ...problem.members,
    ...(problem.faults.length > 0 && {
      errors: problem.faults.slice(0, mostListed).map((fault) => ({
        pointer: fault.pointer,
        ...(fault.in && fault.in !== 'body' && { in: fault.in }),
        detail: fill(fault.detail, language, fault.params),
      })),
    }),
  };
}
