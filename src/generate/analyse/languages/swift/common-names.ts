/** Method names of Swift's own libraries: a call need not mean the repository's method of that name. */
export const commonNames: ReadonlySet<string> = new Set(
  `add append async await begin bind build call cancel clear close compactMap compare complete contains copy count
  create data decode delete description dispatch drop dropFirst encode encode end enumerated execute exists fetch filter
  find finish first flatMap flush forEach format fulfill get handle hash index init insert invalidate isEmpty joined
  key keys last load lock log lowercased make map max merge min move name next notify open parse pop post prefix print
  process push put read receive reduce register release remove removeAll removeFirst removeLast render replace request
  reset resolve respond result resume retain reverse reversed run save scan send set setValue shuffle signal sink size
  sleep sort sorted split start stop store string subscribe subtract suffix suspend swap sync task test then throw
  toggle trimmingCharacters union unlock update uppercased url validate value values wait with withLock write
  yield`.split(/\s+/),
)
