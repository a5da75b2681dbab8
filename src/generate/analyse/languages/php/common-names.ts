/** Method names so common in PHP libraries that a call need not mean the repository's method of that name. */
export const commonNames: ReadonlySet<string> = new Set(
  `add all append apply attach bind boot build call clear clone close commit compile configure contains copy count
  create current debug decode delete detach dispatch each emit encode end error exec execute exists expects fetch
  fetchAll filter find finish first flush format from get getAttribute getBody getClass getCode getConfig getContent
  getContents getData getFile getHeader getHeaders getId getIterator getKey getLine getMessage getMethod getName
  getOption getParameter getParent getPath getPrevious getResponse getShortName getStatusCode getTrace
  getTraceAsString getType getUri getUrl getValue handle has hasHeader id info init insert invoke isEmpty isValid
  jsonSerialize key keys last length listen load log make map match merge method name next notice offsetExists
  offsetGet offsetSet offsetUnset on open parse pop prepare process push put query read register remove render
  replace request reset resolve rewind rollback run save search seek send set setAttribute setName setUp setValue
  size slice sort split start stop store tearDown tell then toArray toString trigger type unset update url valid
  validate value values wait warning where with withHeader write`.split(/\s+/),
)
