/** Made by setup/standard-library of the libraries of the compiler. Its syntax is in decode.ts. */
export const TABLE = `AggregateError:Error	*_:errors
AggregateErrorConstructor	AggregateError:prototype +(_,s?,_?)AggregateError/(_,s?)AggregateError;:new %(_,s?,_?)AggregateError/(_,s?)AggregateError;:()
AllowSharedBufferSource=|(ArrayBufferLike,ArrayBufferView<ArrayBufferLike>)
AnimationPlaybackEvent:Event	CSSNumberish:currentTime,timelineTime
Array<>	n:length 0:[] ~(*_,b):[unscopables] %()s;!toString %(_,_?)s/()s;!toLocaleString %()0;!pop,shift %(.*0)n;!push,unshift %(.*ConcatArray<0>)*0/(.*|(0,ConcatArray<0>))*0;!concat %(s?)s;!join %()*0;!reverse,toReversed %(n?,n?)*0;!slice %(%(0,0)n;?)@;!sort %(n,n?)*0/(n,n,.*0)*0;!splice %(0,n?)n;!indexOf,lastIndexOf %<0>(%(0,n,*0)?$0;,_?)?*$0/(%(0,n,*0)_;,_?)b;!every %(%(0,n,*0)_;,_?)b;!some %(%(0,n,*0)u;,_?)u;!forEach %<>(%(0,n,*0)$0;,_?)*$0;!map %<0>(%(0,n,*0)?$0;,_?)*$0/(%(0,n,*0)_;,_?)*0;!filter %(%(0,0,n,*0)0;)0/(%(0,0,n,*0)0;,0)0/<>(%($0,0,n,*0)$0;,$0)$0;!reduce,reduceRight %<0>(%(0,n,*0)?$0;,_?)$0/(%(0,n,*0)_;,_?)0;!find,findLast %(%(0,n,*0)_;,_?)n;!findIndex,findLastIndex %(0,n?,n?)@;!fill %(n,n,n?)@;!copyWithin %()ArrayIterator<0>;![iterator],values %()ArrayIterator<[n,0]>;!entries %()ArrayIterator<n>;!keys %(0,n?)b;!includes %<,=u>(%(0,n,*0)|($0,ReadonlyArray<$0>);,$1?)*$0;!flatMap %<,n=n>($1?)*FlatArray<$0,$1>;!flat %(n)0;!at %(%(0,0)n;?)*0;!toSorted %(n,n,.*0)*0/(n,n?)*0;!toSpliced %(n,0)*0;!with
ArrayBuffer	n:byteLength,maxByteLength s:[toStringTag] b:resizable,detached %(n?,n?)&;!slice %(n?)u;!resize %(n?)&;!transfer,transferToFixedLength
ArrayBufferConstructor	ArrayBuffer:prototype &:[species] +(n,_?)ArrayBuffer/()ArrayBuffer/(n)ArrayBuffer;:new %(_)?ArrayBufferView;!isView
ArrayBufferLike=|(ArrayBuffer,SharedArrayBuffer)
ArrayBufferTypes	ArrayBuffer:ArrayBuffer SharedArrayBuffer:SharedArrayBuffer
ArrayBufferView<ArrayBufferLike=ArrayBufferLike>	0:buffer n:byteLength,byteOffset
ArrayConstructor	*_:prototype &:[species] +(n?)*_/<>(n)*$0/<>(.*$0)*$0;:new %(n?)*_/<>(n)*$0/<>(.*$0)*$0;:() %(_)?*_;!isArray %<>(|(Iterable<$0>,ArrayLike<$0>))*$0/<,>(|(Iterable<$0>,ArrayLike<$0>),%($0,n)$1;,_?)*$1/<>(ArrayLike<$0>)*$0/<,>(ArrayLike<$0>,%($0,n)$1;,_?)*$1;!from %<>(.*$0)*$0;!of %<>(|(AsyncIterable<$0>,Iterable<|($0,PromiseLike<$0>)>,ArrayLike<|($0,PromiseLike<$0>)>))Promise<*$0>/<,>(|(AsyncIterable<$0>,Iterable<$0>,ArrayLike<$0>),%(Awaited<$0>,n)$1;,_?)Promise<*Awaited<$1>>;!fromAsync
ArrayIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
ArrayLike<>	n:length 0:[]
AsyncDisposable	%()PromiseLike<u>;![asyncDispose]
AsyncDisposableStack	b:disposed s:[toStringTag] %()Promise<u>;!disposeAsync,[asyncDispose] %<|(AsyncDisposable,Disposable)>($0)$0;!use %<>($0,%($0)PromiseLike<u>;)$0;!adopt %(%()PromiseLike<u>;)u;!defer %()&;!move
AsyncDisposableStackConstructor	AsyncDisposableStack:prototype +()AsyncDisposableStack;:new
AsyncGenerator<=_,=_,=_>:AsyncIteratorObject<0,1,2>	%(.|([],[2]))Promise<IteratorResult<0,1>>;!next %(|(1,PromiseLike<1>))Promise<IteratorResult<0,1>>;!return %(_)Promise<IteratorResult<0,1>>;!throw %()&<0,1,2>;![asyncIterator]
AsyncGeneratorFunction	n:length s:name AsyncGenerator:prototype +(._)AsyncGenerator;:new %(._)AsyncGenerator;:()
AsyncGeneratorFunctionConstructor	n:length s:name AsyncGeneratorFunction:prototype +(._)AsyncGeneratorFunction;:new %(._)AsyncGeneratorFunction;:()
AsyncIterable<,=_,=_>	%()AsyncIterator<0,1,2>;![asyncIterator]
AsyncIterableIterator<,=_,=_>:AsyncIterator<0,1,2>	%()&<0,1,2>;![asyncIterator]
AsyncIterator<,=_,=_>	%(.|([],[2]))Promise<IteratorResult<0,1>>;!next %(|(1,PromiseLike<1>)?)Promise<IteratorResult<0,1>>;!return %(_?)Promise<IteratorResult<0,1>>;!throw
AsyncIteratorObject<,=_,=_>:AsyncIterator<0,1,2>,AsyncDisposable	%()&<0,1,2>;![asyncIterator]
Atomics	s:[toStringTag] %(_,n,i)i/(_,n,n)n;!add,and,exchange,or,store,sub,xor %(_,n,i,i)i/(_,n,n,n)n;!compareExchange %(n)b;!isLockFree %(_,n)i/(_,n)n;!load %(_,n,i,n?)|("ok","not-equal","timed-out")/(_,n,n,n?)|("ok","not-equal","timed-out");!wait %(_,n,n?)n/(_,n,n?)n;!notify %(_,n,n,n?)|({b:async;|("not-equal","timed-out"):value},{b:async;Promise<|("ok","timed-out")>:value})/(_,n,i,n?)|({b:async;|("not-equal","timed-out"):value},{b:async;Promise<|("ok","timed-out")>:value});!waitAsync %(n?)u;!pause
Attr:Node-	Document:ownerDocument Element:ownerElement
AudioContext:BaseAudioContext-	%()Promise<u>;!close,resume,suspend %(_)MediaElementAudioSourceNode;!createMediaElementSource %()MediaStreamAudioDestinationNode;!createMediaStreamDestination %(_)MediaStreamAudioSourceNode;!createMediaStreamSource !BaseAudioContextEventMap
AudioProcessingEvent:Event-	AudioBuffer:inputBuffer,outputBuffer
Awaited<>=
BigInt	s:[toStringTag] %(n?)s;!toString %(_?,_?)s;!toLocaleString %()i;!valueOf
BigInt64Array<ArrayBufferLike=ArrayBufferLike>	n:BYTES_PER_ELEMENT,byteLength,byteOffset,length 0:buffer s:[toStringTag] i:[] %(n,n,n?)@;!copyWithin %()ArrayIterator<[n,i]>;!entries %(%(i,n,&<0>)b;,_?)b;!every,some %(i,n?,n?)@;!fill %(%(i,n,&<0>)_;,_?)&<ArrayBuffer>;!filter %(%(i,n,&<0>)b;,_?)i;!find %(%(i,n,&<0>)b;,_?)n;!findIndex %(%(i,n,&<0>)u;,_?)u;!forEach %(i,n?)b;!includes %(i,n?)n;!indexOf,lastIndexOf %(s?)s;!join %()ArrayIterator<n>;!keys %(%(i,n,&<0>)i;,_?)&<ArrayBuffer>;!map %(%(i,i,n,&<0>)i;)i/<>(%($0,i,n,&<0>)$0;,$0)$0;!reduce,reduceRight %()@;!reverse %(_,n?)u;!set %(n?,n?)&<ArrayBuffer>;!slice %(%(i,i)|(n,i);?)@;!sort %(n?,n?)&<0>;!subarray %(_?,_?)s;!toLocaleString %()s;!toString %()&<0>;!valueOf %()ArrayIterator<i>;!values,[iterator] %(n)i;!at %<i>(%(i,n,@)?$0;,_?)$0/(%(i,n,@)_;,_?)i;!findLast %(%(i,n,@)_;,_?)n;!findLastIndex %()&<ArrayBuffer>;!toReversed %(%(i,i)n;?)&<ArrayBuffer>;!toSorted %(n,i)&<ArrayBuffer>;!with
BigInt64ArrayConstructor	BigInt64Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +(n?)BigInt64Array<ArrayBuffer>/(_)BigInt64Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)BigInt64Array<$0>/(_,n?,n?)BigInt64Array<ArrayBuffer>/(_)BigInt64Array<ArrayBuffer>;:new %(._)BigInt64Array<ArrayBuffer>;!of %(_)BigInt64Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)i;,_?)BigInt64Array<ArrayBuffer>/(_)BigInt64Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)i;?,_?)BigInt64Array<ArrayBuffer>;!from
BigIntConstructor	BigInt:prototype %(_)i;:() %(n,i)i;!asIntN,asUintN
BigIntToLocaleStringOptions	s:localeMatcher,style,numberingSystem,unit,unitDisplay,currency,currencyDisplay,notation,compactDisplay b:useGrouping n:minimumIntegerDigits,minimumFractionDigits,maximumFractionDigits,minimumSignificantDigits,maximumSignificantDigits
BigInteger=Uint8Array<ArrayBuffer>
BigUint64Array<ArrayBufferLike=ArrayBufferLike>	&&BigInt64Array
BigUint64ArrayConstructor	BigUint64Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +(n?)BigUint64Array<ArrayBuffer>/(_)BigUint64Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)BigUint64Array<$0>/(_,n?,n?)BigUint64Array<ArrayBuffer>/(_)BigUint64Array<ArrayBuffer>;:new %(._)BigUint64Array<ArrayBuffer>;!of %(_)BigUint64Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)i;,_?)BigUint64Array<ArrayBuffer>/(_)BigUint64Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)i;?,_?)BigUint64Array<ArrayBuffer>;!from
Blob-	%()Promise<ArrayBuffer>;!arrayBuffer %()Promise<Uint8Array<ArrayBuffer>>;!bytes %(n?,n?,s?)&;!slice %()ReadableStream<Uint8Array<ArrayBuffer>>;!stream %()Promise<s>;!text
BlobEvent:Event-	Blob:data
BlobPart=|(BufferSource,Blob,s)
Body-	ReadableStream<Uint8Array<ArrayBuffer>>:body %()Promise<ArrayBuffer>;!arrayBuffer %()Promise<Blob>;!blob %()Promise<Uint8Array<ArrayBuffer>>;!bytes %()Promise<FormData>;!formData %()Promise<_>;!json %()Promise<s>;!text
BodyInit=|(ReadableStream,XMLHttpRequestBodyInit)
Boolean	%()b;!valueOf
BooleanConstructor	Boolean:prototype +(_?)Boolean;:new %<>($0?)b;:()
BufferSource=|(ArrayBufferView<ArrayBuffer>,ArrayBuffer)
BuiltinIteratorReturn=
ByteLengthQueuingStrategy:QueuingStrategy<ArrayBufferView>-	QueuingStrategySize<ArrayBufferView>:size
CSSImportRule-	MediaList:media CSSStyleSheet:styleSheet
CSSKeywordish=|(s,CSSKeywordValue)
CSSNumberish=|(n,CSSNumericValue)
CSSPerspectiveValue=|(CSSNumericValue,CSSKeywordish)
CSSStyleSheet:StyleSheet-	CSSRuleList:cssRules,rules %(s)Promise<&>;!replace
Cache	%(_)Promise<u>;!add %(_)Promise<u>/(_)Promise<u>;!addAll %(_,_?)Promise<b>;!delete %(_?,_?)Promise<ReadonlyArray<Request>>;!keys %(_,_?)Promise<Response>;!match %(_?,_?)Promise<ReadonlyArray<Response>>;!matchAll %(_,_)Promise<u>;!put
CacheStorage	%(s)Promise<b>;!delete,has %()Promise<*s>;!keys %(_,_?)Promise<Response>;!match %(s)Promise<Cache>;!open
CallableFunction:Function	%<,>($0)$1/<,*_,>($0,$1)$2;!apply %<,*_,>($0,.$1)$2;!call %<>(ThisParameterType<$0>)OmitThisParameter<$0>/<,*_,*_,>($0,.$1)%(.$2)$3;;!bind
CanvasCaptureMediaStreamTrack:MediaStreamTrack-	HTMLCanvasElement:canvas !MediaStreamTrackEventMap
CanvasImageSource=|(HTMLOrSVGImageElement,HTMLVideoElement,HTMLCanvasElement,ImageBitmap,OffscreenCanvas,VideoFrame)
CanvasRenderingContext2D:CanvasDrawImage,CanvasDrawPath,CanvasFillStrokeStyles,CanvasImageData,CanvasPath,CanvasPathDrawingStyles,CanvasRect,CanvasSettings,CanvasState,CanvasText,CanvasTransform,CanvasUserInterface-	HTMLCanvasElement:canvas
Capitalize<s>=
CaretPosition-	Node:offsetNode %()DOMRect;!getClientRect
CharacterData:Node,ChildNode-	Document:ownerDocument
ClassAccessorDecoratorContext<=_,=_>	s:kind |(s,y):name b:static,private {%(0)b;!has;%(0)1;!get;%(0,1)u;!set}:access DecoratorMetadata:metadata %(%()u;)u;!addInitializer
ClassAccessorDecoratorResult<,>	%()1;!get %(1)u;!set %(1)1;!init
ClassAccessorDecoratorTarget<,>	%()1;!get %(1)u;!set
ClassDecorator=%<Function>($0)$0;
ClassDecoratorContext<+(._)_;=+(._)_;>	s:kind,name DecoratorMetadata:metadata %(%()u;)u;!addInitializer
ClassFieldDecoratorContext<=_,=_>	&&ClassAccessorDecoratorContext
ClassGetterDecoratorContext<=_,=_>	&&ClassMethodDecoratorContext
ClassMemberDecoratorContext=|(ClassMethodDecoratorContext,ClassGetterDecoratorContext,ClassSetterDecoratorContext,ClassFieldDecoratorContext,ClassAccessorDecoratorContext)
ClassMethodDecoratorContext<=_,%(._)_;=%(._)_;>	s:kind |(s,y):name b:static,private {%(0)b;!has;%(0)1;!get}:access DecoratorMetadata:metadata %(%()u;)u;!addInitializer
ClassSetterDecoratorContext<=_,=_>	s:kind |(s,y):name b:static,private {%(0)b;!has;%(0,1)u;!set}:access DecoratorMetadata:metadata %(%()u;)u;!addInitializer
Clipboard:EventTarget	%()Promise<ClipboardItems>;!read %()Promise<s>;!readText %(_)Promise<u>;!write %(s)Promise<u>;!writeText
ClipboardEvent:Event	DataTransfer:clipboardData
ClipboardItem-	ReadonlyArray<s>:types %(s)Promise<Blob>;!getType
ClipboardItemData=Promise<|(s,Blob)>
ClipboardItems=*ClipboardItem
ConcatArray<>	n:length 0:[] %(s?)s;!join %(n?,n?)*0;!slice
ConstructorParameters<+(._)_;>=
CookieChangeEvent:Event	ReadonlyArray<_>:changed,deleted
CountQueuingStrategy:QueuingStrategy-	QueuingStrategySize:size
Crypto-	SubtleCrypto:subtle %<ArrayBufferView>($0)$0;!getRandomValues
CustomElementConstructor	+(._)HTMLElement;:new
CustomElementRegistry-	%(s)CustomElementConstructor;!get %(s)Promise<CustomElementConstructor>;!whenDefined
CustomEvent<=_>:Event	0:detail %(s,b?,b?,0?)u;!initCustomEvent
CustomEventInit<=_>-	0:detail
DOMImplementation-	%(_,_,_?)XMLDocument;!createDocument %(s,s,s)DocumentType;!createDocumentType %(s?)Document;!createHTMLDocument
DOMParser	%(s,_)Document;!parseFromString
DataView<ArrayBufferLike=ArrayBufferLike>	0:buffer n:byteLength,byteOffset s:[toStringTag] %(n,b?)n;!getFloat32,getFloat64,getInt16,getInt32,getUint16,getUint32,getFloat16 %(n)n;!getInt8,getUint8 %(n,n,b?)u;!setFloat32,setFloat64,setInt16,setInt32,setUint16,setUint32,setFloat16 %(n,n)u;!setInt8,setUint8 %(n,b?)i;!getBigInt64,getBigUint64 %(n,i,b?)u;!setBigInt64,setBigUint64
DataViewConstructor	DataView<ArrayBufferLike>:prototype +<&(ArrayBufferLike,{u:BYTES_PER_ELEMENT})>($0,n?,n?)DataView<$0>;:new
Date	%()s;!toString,toDateString,toTimeString,toUTCString,toISOString %(_?,_?)s/(_?,_?)s/()s;!toLocaleString,toLocaleDateString,toLocaleTimeString %()n;!valueOf,getTime,getFullYear,getUTCFullYear,getMonth,getUTCMonth,getDate,getUTCDate,getDay,getUTCDay,getHours,getUTCHours,getMinutes,getUTCMinutes,getSeconds,getUTCSeconds,getMilliseconds,getUTCMilliseconds,getTimezoneOffset %(n)n;!setTime,setMilliseconds,setUTCMilliseconds,setDate,setUTCDate %(n,n?)n;!setSeconds,setUTCSeconds,setMonth,setUTCMonth %(n,n?,n?)n;!setMinutes,setUTCMinutes,setFullYear,setUTCFullYear %(n,n?,n?,n?)n;!setHours,setUTCHours %(_?)s;!toJSON %("default")s/("string")s/("number")n/(s)|(s,n);![toPrimitive]
DateConstructor	Date:prototype +(_)Date/()Date/(_)Date/(n,n,n?,n?,n?,n?,n?)Date;:new %()s;:() %(s)n;!parse %(n,n?,n?,n?,n?,n?,n?)n/(n,n,n?,n?,n?,n?,n?)n;!UTC %()n;!now
DecoratorContext=|(ClassDecoratorContext,ClassMemberDecoratorContext)
DecoratorMetadata=
DecoratorMetadataObject=&(Record<PropertyKey,_>,_)
Disposable	%()u;![dispose]
DisposableStack	b:disposed s:[toStringTag] %()u;!dispose,[dispose] %<Disposable>($0)$0;!use %<>($0,%($0)u;)$0;!adopt %(%()u;)u;!defer %()&;!move
DisposableStackConstructor	DisposableStack:prototype +()DisposableStack;:new
Document:Node,DocumentOrShadowRoot,GlobalEventHandlers,NonElementParentNode,ParentNode-	HTMLAllCollection:all HTMLCollectionOf<HTMLAnchorElement>:anchors HTMLCollection:applets HTMLElement:body,documentElement HTMLOrSVGScriptElement:currentScript &(WindowProxy,globalThis):defaultView DocumentType:doctype HTMLCollectionOf<HTMLEmbedElement>:embeds,plugins HTMLCollectionOf<HTMLFormElement>:forms HTMLHeadElement:head HTMLCollectionOf<HTMLImageElement>:images DOMImplementation:implementation HTMLCollectionOf<|(HTMLAnchorElement,HTMLAreaElement)>:links Location:location u:ownerDocument,textContent HTMLCollectionOf<HTMLScriptElement>:scripts Element:scrollingElement %<Node>($0)$0;!adoptNode %(n,n,_?)CaretPosition;!caretPositionFromPoint %(n,n)Range;!caretRangeFromPoint %(s)Attr;!createAttribute %(_,s)Attr;!createAttributeNS %(s)CDATASection;!createCDATASection %(s)Comment;!createComment %()DocumentFragment;!createDocumentFragment %<^HTMLElementTagNameMap>($0,_?)#(HTMLElementTagNameMap,$0)/<^HTMLElementDeprecatedTagNameMap>($0,_?)#(HTMLElementDeprecatedTagNameMap,$0)/(s,_?)HTMLElement;!createElement %("http://www.w3.org/1999/xhtml",s)HTMLElement/<^SVGElementTagNameMap>("http://www.w3.org/2000/svg",$0)#(SVGElementTagNameMap,$0)/("http://www.w3.org/2000/svg",s)_/<^MathMLElementTagNameMap>("http://www.w3.org/1998/Math/MathML",$0)#(MathMLElementTagNameMap,$0)/("http://www.w3.org/1998/Math/MathML",s)MathMLElement/(_,s,_?)Element/(_,s,_?)Element;!createElementNS %(_,n?,NodeFilter?)NodeIterator;!createNodeIterator %(s,s)ProcessingInstruction;!createProcessingInstruction %()Range;!createRange %(s)Text;!createTextNode %(_,n?,NodeFilter?)TreeWalker;!createTreeWalker %()Promise<u>;!exitFullscreen,exitPictureInPicture,requestStorageAccess %(s)HTMLElement;!getElementById %(s)HTMLCollectionOf<Element>;!getElementsByClassName %(s)NodeListOf<HTMLElement>;!getElementsByName %<^HTMLElementTagNameMap>($0)HTMLCollectionOf<#(HTMLElementTagNameMap,$0)>/<^SVGElementTagNameMap>($0)HTMLCollectionOf<#(SVGElementTagNameMap,$0)>/<^MathMLElementTagNameMap>($0)HTMLCollectionOf<#(MathMLElementTagNameMap,$0)>/<^HTMLElementDeprecatedTagNameMap>($0)HTMLCollectionOf<#(HTMLElementDeprecatedTagNameMap,$0)>/(s)HTMLCollectionOf<Element>;!getElementsByTagName %("http://www.w3.org/1999/xhtml",s)HTMLCollectionOf<HTMLElement>/("http://www.w3.org/2000/svg",s)HTMLCollectionOf<_>/("http://www.w3.org/1998/Math/MathML",s)HTMLCollectionOf<MathMLElement>/(_,s)HTMLCollectionOf<Element>;!getElementsByTagNameNS %()Selection;!getSelection %()Promise<b>;!hasStorageAccess %<Node>($0,_?)$0;!importNode %(s?,s?)&/(_,s,s)WindowProxy;!open %(|(ViewTransitionUpdateCallback,_)?)ViewTransition;!startViewTransition !DocumentEventMap
DocumentFragment:Node,NonElementParentNode,ParentNode-	Document:ownerDocument %(s)HTMLElement;!getElementById
DocumentOrShadowRoot	Element:activeElement,fullscreenElement,pictureInPictureElement,pointerLockElement *CSSStyleSheet:adoptedStyleSheets StyleSheetList:styleSheets %(n,n)Element;!elementFromPoint %(n,n)*Element;!elementsFromPoint %()*Animation;!getAnimations
DocumentType:Node,ChildNode-	Document:ownerDocument u:textContent
DragEvent:MouseEvent	DataTransfer:dataTransfer
Element:Node,Animatable,ChildNode,ParentNode-	NamedNodeMap:attributes DOMTokenList:classList,part Document:ownerDocument ShadowRoot:shadowRoot %(_)ShadowRoot;!attachShadow %<^HTMLElementTagNameMap>($0)#(HTMLElementTagNameMap,$0)/<^SVGElementTagNameMap>($0)#(SVGElementTagNameMap,$0)/<^MathMLElementTagNameMap>($0)#(MathMLElementTagNameMap,$0)/<&=&>(s)$0;!closest %()StylePropertyMapReadOnly;!computedStyleMap %()*s;!getAttributeNames %(s)Attr;!getAttributeNode %(_,s)Attr;!getAttributeNodeNS %()DOMRect;!getBoundingClientRect %()DOMRectList;!getClientRects %(s)HTMLCollectionOf<&>;!getElementsByClassName %<^HTMLElementTagNameMap>($0)HTMLCollectionOf<#(HTMLElementTagNameMap,$0)>/<^SVGElementTagNameMap>($0)HTMLCollectionOf<#(SVGElementTagNameMap,$0)>/<^MathMLElementTagNameMap>($0)HTMLCollectionOf<#(MathMLElementTagNameMap,$0)>/<^HTMLElementDeprecatedTagNameMap>($0)HTMLCollectionOf<#(HTMLElementDeprecatedTagNameMap,$0)>/(s)HTMLCollectionOf<&>;!getElementsByTagName %("http://www.w3.org/1999/xhtml",s)HTMLCollectionOf<HTMLElement>/("http://www.w3.org/2000/svg",s)HTMLCollectionOf<_>/("http://www.w3.org/1998/Math/MathML",s)HTMLCollectionOf<MathMLElement>/(_,s)HTMLCollectionOf<&>;!getElementsByTagNameNS %(_,_)&;!insertAdjacentElement %(_)Attr;!removeAttributeNode,setAttributeNode,setAttributeNodeNS %(_?)Promise<u>;!requestFullscreen,requestPointerLock !ElementEventMap
ElementInternals-	HTMLFormElement:form NodeList:labels ShadowRoot:shadowRoot CustomStateSet:states
ElementTagNameMap=&(HTMLElementTagNameMap,Pick<SVGElementTagNameMap,Exclude<^SVGElementTagNameMap,^HTMLElementTagNameMap>>)
Error	s:name,message,stack _:cause
ErrorConstructor	Error:prototype +(s?,_?)Error/(s?)Error;:new %(s?,_?)Error/(s?)Error;:() %(_)?Error;!isError
ErrorOptions	_:cause
EvalError:Error	
EvalErrorConstructor:ErrorConstructor	EvalError:prototype +(s?,_?)EvalError/(s?)EvalError;:new %(s?,_?)EvalError/(s?)EvalError;:()
Event-	EventTarget:currentTarget,srcElement,target %()*EventTarget;!composedPath
EventListenerOrEventListenerObject=|(EventListener,EventListenerObject)
EventSource:EventTarget-	%<^EventSourceEventMap>($0,%(#(EventSourceEventMap,$0))_;,_?)u/(s,%(_)_;,_?)u/(s,EventListenerOrEventListenerObject,_?)u;!addEventListener,removeEventListener
Exclude<,>=
Extract<,>=
FileSystemDirectoryHandle:FileSystemHandle-	%(s,_?)Promise<&>;!getDirectoryHandle %(s,_?)Promise<FileSystemFileHandle>;!getFileHandle %(s,_?)Promise<u>;!removeEntry %(_)Promise<*s>;!resolve %()FileSystemDirectoryHandleAsyncIterator<[s,FileSystemHandle]>;![asyncIterator],entries %()FileSystemDirectoryHandleAsyncIterator<s>;!keys %()FileSystemDirectoryHandleAsyncIterator<FileSystemHandle>;!values
FileSystemDirectoryHandleAsyncIterator<>:AsyncIteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![asyncIterator]
FileSystemFileHandle:FileSystemHandle-	%(_?)Promise<FileSystemWritableFileStream>;!createWritable %()Promise<File>;!getFile
FileSystemWritableFileStream:WritableStream	%(n)Promise<u>;!seek,truncate %(_)Promise<u>;!write
FileSystemWriteChunkType=|(BufferSource,Blob,s,_)
FinalizationRegistry<>	s:[toStringTag] %(_,0,_?)u;!register %(_)b;!unregister
FinalizationRegistryConstructor	FinalizationRegistry<_>:prototype +<>(%($0)u;)FinalizationRegistry<$0>;:new
FlatArray<,n>=#({0:done;-:recur},-)
Float16Array<ArrayBufferLike=ArrayBufferLike>	n:BYTES_PER_ELEMENT,byteLength,byteOffset,length,[] 0:buffer s:[toStringTag] %(n)n;!at %(n,n,n?)@;!copyWithin %(%(n,n,@)_;,_?)b;!every,some %(n,n?,n?)@;!fill %(%(n,n,@)_;,_?)&<ArrayBuffer>;!filter %(%(n,n,@)b;,_?)n;!find,findIndex %<n>(%(n,n,@)?$0;,_?)$0/(%(n,n,@)_;,_?)n;!findLast %(%(n,n,@)_;,_?)n;!findLastIndex %(%(n,n,@)u;,_?)u;!forEach %(n,n?)b;!includes %(n,n?)n;!indexOf,lastIndexOf %(s?)s;!join %(%(n,n,@)n;,_?)&<ArrayBuffer>;!map %(%(n,n,n,@)n;)n/(%(n,n,n,@)n;,n)n/<>(%($0,n,n,@)$0;,$0)$0;!reduce,reduceRight %()@;!reverse,valueOf %(_,n?)u;!set %(n?,n?)&<ArrayBuffer>;!slice %(%(n,n)n;?)@;!sort %(n?,n?)&<0>;!subarray %(_?,_?)s;!toLocaleString %()&<ArrayBuffer>;!toReversed %(%(n,n)n;?)&<ArrayBuffer>;!toSorted %()s;!toString %(n,n)&<ArrayBuffer>;!with %()ArrayIterator<n>;![iterator],keys,values %()ArrayIterator<[n,n]>;!entries
Float16ArrayConstructor	Float16Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +(n?)Float16Array<ArrayBuffer>/(_)Float16Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)Float16Array<$0>/(_,n?,n?)Float16Array<ArrayBuffer>/(_)Float16Array<ArrayBuffer>;:new %(._)Float16Array<ArrayBuffer>;!of %(_)Float16Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)n;,_?)Float16Array<ArrayBuffer>/(_)Float16Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)n;?,_?)Float16Array<ArrayBuffer>;!from
Float32Array<ArrayBufferLike=ArrayBufferLike>	&&Int8Array
Float32ArrayConstructor	Float32Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +()Float32Array<ArrayBuffer>/(_)Float32Array<ArrayBuffer>/(n)Float32Array<ArrayBuffer>/(_)Float32Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)Float32Array<$0>/(_,n?,n?)Float32Array<ArrayBuffer>/(_)Float32Array<ArrayBuffer>;:new %(._)Float32Array<ArrayBuffer>;!of %(_)Float32Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)n;?,_?)Float32Array<ArrayBuffer>/(_)Float32Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)n;,_?)Float32Array<ArrayBuffer>;!from
Float32List=|(Float32Array<ArrayBufferLike>,*n)
Float64Array<ArrayBufferLike=ArrayBufferLike>	&&Int8Array
Float64ArrayConstructor	Float64Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +()Float64Array<ArrayBuffer>/(_)Float64Array<ArrayBuffer>/(n)Float64Array<ArrayBuffer>/(_)Float64Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)Float64Array<$0>/(_,n?,n?)Float64Array<ArrayBuffer>/(_)Float64Array<ArrayBuffer>;:new %(._)Float64Array<ArrayBuffer>;!of %(_)Float64Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)n;?,_?)Float64Array<ArrayBuffer>/(_)Float64Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)n;,_?)Float64Array<ArrayBuffer>;!from
FocusEvent:UIEvent	EventTarget:relatedTarget
FontFaceSetLoadEvent:Event	ReadonlyArray<FontFace>:fontfaces
FormData-	%(s)FormDataEntryValue;!get %(s)*FormDataEntryValue;!getAll %(%(_,s,_)u;,_?)u;!forEach %()FormDataIterator<[s,FormDataEntryValue]>;![iterator],entries %()FormDataIterator<s>;!keys %()FormDataIterator<FormDataEntryValue>;!values
FormDataEntryValue=|(File,s)
FormDataEvent:Event	FormData:formData
FormDataIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
Function	_:prototype,arguments n:length &:caller s:name DecoratorMetadata:[metadata] %(_,_?)_;!apply %(_,._)_;!call,bind %()s;!toString %(_)b;![hasInstance]
FunctionConstructor	Function:prototype +(._)Function;:new %(._)Function;:()
Generator<=_,=_,=_>:IteratorObject<0,1,2>	%(.|([],[2]))IteratorResult<0,1>;!next %(1)IteratorResult<0,1>;!return %(_)IteratorResult<0,1>;!throw %()&<0,1,2>;![iterator]
GeneratorFunction	n:length s:name,[toStringTag] Generator:prototype +(._)Generator;:new %(._)Generator;:()
GeneratorFunctionConstructor	n:length s:name GeneratorFunction:prototype +(._)GeneratorFunction;:new %(._)GeneratorFunction;:()
HTMLAllCollection-	Element:[] %(s?)|(HTMLCollection,Element);!item %(s)|(HTMLCollection,Element);!namedItem %()ArrayIterator<Element>;![iterator]
HTMLAnchorElement:HTMLElement,HTMLHyperlinkElementUtils-	DOMTokenList:relList !HTMLElementEventMap
HTMLAreaElement:HTMLElement,HTMLHyperlinkElementUtils-	&&HTMLAnchorElement
HTMLAudioElement:HTMLMediaElement	!HTMLMediaElementEventMap
HTMLBRElement:HTMLElement-	!HTMLElementEventMap
HTMLBaseElement:HTMLElement-	!HTMLElementEventMap
HTMLBodyElement:HTMLElement,WindowEventHandlers-	!HTMLBodyElementEventMap
HTMLButtonElement:HTMLElement-	HTMLFormElement:form NodeListOf<HTMLLabelElement>:labels !HTMLElementEventMap
HTMLCanvasElement:HTMLElement-	%(n?)MediaStream;!captureStream %("2d",_?)CanvasRenderingContext2D/("bitmaprenderer",_?)ImageBitmapRenderingContext/("webgl",_?)_/("webgl2",_?)_/(s,_?)RenderingContext;!getContext %(BlobCallback,s?,n?)u;!toBlob %()OffscreenCanvas;!transferControlToOffscreen !HTMLElementEventMap
HTMLCollection:HTMLCollectionBase	%(s)Element;!namedItem
HTMLCollectionBase-	Element:[] %(n)Element;!item %()ArrayIterator<Element>;![iterator]
HTMLCollectionOf<Element>:HTMLCollectionBase	0:[] %(n)0;!item %(s)0;!namedItem %()ArrayIterator<0>;![iterator]
HTMLDListElement:HTMLElement-	!HTMLElementEventMap
HTMLDataElement:HTMLElement-	!HTMLElementEventMap
HTMLDataListElement:HTMLElement	HTMLCollectionOf<HTMLOptionElement>:options !HTMLElementEventMap
HTMLDetailsElement:HTMLElement-	!HTMLElementEventMap
HTMLDialogElement:HTMLElement-	!HTMLElementEventMap
HTMLDirectoryElement:HTMLElement-	!HTMLElementEventMap
HTMLDivElement:HTMLElement-	!HTMLElementEventMap
HTMLDocument:Document	!DocumentEventMap
HTMLElement:Element,ElementCSSInlineStyle,GlobalEventHandlers,HTMLOrSVGElement-	Element:offsetParent %()ElementInternals;!attachInternals !HTMLElementEventMap
HTMLEmbedElement:HTMLElement-	%()Document;!getSVGDocument !HTMLElementEventMap
HTMLFieldSetElement:HTMLElement-	HTMLCollection:elements HTMLFormElement:form !HTMLElementEventMap
HTMLFontElement:HTMLElement-	!HTMLElementEventMap
HTMLFormControlsCollection:HTMLCollectionBase	%(s)|(RadioNodeList,Element);!namedItem
HTMLFormElement:HTMLElement-	HTMLFormControlsCollection:elements DOMTokenList:relList Element:[] !HTMLElementEventMap %()ArrayIterator<Element>;![iterator]
HTMLFrameElement:HTMLElement-	Document:contentDocument WindowProxy:contentWindow !HTMLElementEventMap
HTMLFrameSetElement:HTMLElement,WindowEventHandlers-	!HTMLFrameSetElementEventMap
HTMLHRElement:HTMLElement-	!HTMLElementEventMap
HTMLHeadElement:HTMLElement	!HTMLElementEventMap
HTMLHeadingElement:HTMLElement-	!HTMLElementEventMap
HTMLHtmlElement:HTMLElement-	!HTMLElementEventMap
HTMLIFrameElement:HTMLElement-	Document:contentDocument WindowProxy:contentWindow DOMTokenList:sandbox %()Document;!getSVGDocument !HTMLElementEventMap
HTMLImageElement:HTMLElement-	%()Promise<u>;!decode !HTMLElementEventMap
HTMLInputElement:HTMLElement-	FileList:files HTMLFormElement:form NodeListOf<HTMLLabelElement>:labels HTMLDataListElement:list Date:valueAsDate ReadonlyArray<FileSystemEntry>:webkitEntries !HTMLElementEventMap
HTMLLIElement:HTMLElement-	!HTMLElementEventMap
HTMLLabelElement:HTMLElement-	HTMLElement:control HTMLFormElement:form !HTMLElementEventMap
HTMLLegendElement:HTMLElement-	HTMLFormElement:form !HTMLElementEventMap
HTMLLinkElement:HTMLElement-	DOMTokenList:blocking,relList,sizes !HTMLElementEventMap
HTMLMapElement:HTMLElement-	HTMLCollection:areas !HTMLElementEventMap
HTMLMarqueeElement:HTMLElement-	!HTMLElementEventMap
HTMLMediaElement:HTMLElement-	TimeRanges:buffered,played,seekable MediaKeys:mediaKeys RemotePlayback:remote MediaProvider:srcObject TextTrackList:textTracks %(_,s?,s?)TextTrack;!addTextTrack %()Promise<u>;!play %(_)Promise<u>;!setMediaKeys %(s)Promise<u>;!setSinkId !HTMLMediaElementEventMap
HTMLMenuElement:HTMLElement-	!HTMLElementEventMap
HTMLMetaElement:HTMLElement-	!HTMLElementEventMap
HTMLMeterElement:HTMLElement-	NodeListOf<HTMLLabelElement>:labels !HTMLElementEventMap
HTMLModElement:HTMLElement-	!HTMLElementEventMap
HTMLOListElement:HTMLElement-	!HTMLElementEventMap
HTMLObjectElement:HTMLElement-	Document:contentDocument WindowProxy:contentWindow HTMLFormElement:form %()Document;!getSVGDocument !HTMLElementEventMap
HTMLOptGroupElement:HTMLElement-	!HTMLElementEventMap
HTMLOptionElement:HTMLElement-	&&HTMLLegendElement
HTMLOrSVGImageElement=|(HTMLImageElement,_)
HTMLOrSVGScriptElement=|(HTMLScriptElement,_)
HTMLOutputElement:HTMLElement-	HTMLFormElement:form DOMTokenList:htmlFor NodeListOf<HTMLLabelElement>:labels !HTMLElementEventMap
HTMLParagraphElement:HTMLElement-	!HTMLElementEventMap
HTMLParamElement:HTMLElement-	!HTMLElementEventMap
HTMLPictureElement:HTMLElement	!HTMLElementEventMap
HTMLPreElement:HTMLElement-	!HTMLElementEventMap
HTMLProgressElement:HTMLElement-	&&HTMLMeterElement
HTMLQuoteElement:HTMLElement-	!HTMLElementEventMap
HTMLScriptElement:HTMLElement-	DOMTokenList:blocking !HTMLElementEventMap
HTMLSelectElement:HTMLElement-	HTMLFormElement:form NodeListOf<HTMLLabelElement>:labels HTMLOptionsCollection:options HTMLCollectionOf<HTMLOptionElement>:selectedOptions |(HTMLOptionElement,HTMLOptGroupElement):[] %(n)HTMLOptionElement;!item %(s)HTMLOptionElement;!namedItem !HTMLElementEventMap %()ArrayIterator<HTMLOptionElement>;![iterator]
HTMLSlotElement:HTMLElement-	%(_?)*Element;!assignedElements %(_?)*Node;!assignedNodes !HTMLElementEventMap
HTMLSourceElement:HTMLElement-	!HTMLElementEventMap
HTMLSpanElement:HTMLElement	!HTMLElementEventMap
HTMLStyleElement:HTMLElement-	&&HTMLScriptElement
HTMLTableCaptionElement:HTMLElement-	!HTMLElementEventMap
HTMLTableCellElement:HTMLElement-	!HTMLElementEventMap
HTMLTableColElement:HTMLElement-	!HTMLElementEventMap
HTMLTableDataCellElement:HTMLTableCellElement	!HTMLElementEventMap
HTMLTableElement:HTMLElement-	HTMLTableCaptionElement:caption HTMLCollectionOf<HTMLTableRowElement>:rows HTMLCollectionOf<HTMLTableSectionElement>:tBodies HTMLTableSectionElement:tFoot,tHead %()HTMLTableCaptionElement;!createCaption %()HTMLTableSectionElement;!createTBody,createTFoot,createTHead %(n?)HTMLTableRowElement;!insertRow !HTMLElementEventMap
HTMLTableHeaderCellElement:HTMLTableCellElement	!HTMLElementEventMap
HTMLTableRowElement:HTMLElement-	HTMLCollectionOf<HTMLTableCellElement>:cells %(n?)HTMLTableCellElement;!insertCell !HTMLElementEventMap
HTMLTableSectionElement:HTMLElement-	HTMLCollectionOf<HTMLTableRowElement>:rows %(n?)HTMLTableRowElement;!insertRow !HTMLElementEventMap
HTMLTemplateElement:HTMLElement-	DocumentFragment:content !HTMLElementEventMap
HTMLTextAreaElement:HTMLElement-	&&HTMLButtonElement
HTMLTimeElement:HTMLElement-	!HTMLElementEventMap
HTMLTitleElement:HTMLElement-	!HTMLElementEventMap
HTMLTrackElement:HTMLElement-	TextTrack:track !HTMLElementEventMap
HTMLUListElement:HTMLElement-	!HTMLElementEventMap
HTMLUnknownElement:HTMLElement	!HTMLElementEventMap
HTMLVideoElement:HTMLMediaElement-	%()Promise<PictureInPictureWindow>;!requestPictureInPicture %(VideoFrameRequestCallback)n;!requestVideoFrameCallback !HTMLVideoElementEventMap
Headers-	%()*s;!getSetCookie %(%(s,s,_)u;,_?)u;!forEach %()HeadersIterator<[s,s]>;![iterator],entries %()HeadersIterator<s>;!keys,values
HeadersInit=|(*[s,s],Record<s,s>,Headers)
HeadersIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
IArguments	_:[] n:length Function:callee %()ArrayIterator<_>;![iterator]
IDBCursor-	IDBValidKey:key,primaryKey IDBRequest:request |(IDBObjectStore,IDBIndex):source %()IDBRequest<u>;!delete %(_)IDBRequest<IDBValidKey>;!update
IDBDatabase:EventTarget-	DOMStringList:objectStoreNames %(s,_?)IDBObjectStore;!createObjectStore %(_,_?,_?)IDBTransaction/(_,_?,_?)IDBTransaction;!transaction !IDBDatabaseEventMap
IDBFactory-	%()Promise<*_>;!databases %(s)IDBOpenDBRequest;!deleteDatabase %(s,n?)IDBOpenDBRequest;!open
IDBIndex-	|(s,*s):keyPath IDBObjectStore:objectStore %(_?)IDBRequest<n>;!count %(_)IDBRequest<_>;!get %(_?,n?)IDBRequest<*_>;!getAll %(_?,n?)IDBRequest<*IDBValidKey>;!getAllKeys %(_)IDBRequest<IDBValidKey>;!getKey %(_?,_?)IDBRequest<IDBCursorWithValue>;!openCursor %(_?,_?)IDBRequest<IDBCursor>;!openKeyCursor
IDBObjectStore-	DOMStringList:indexNames |(s,*s):keyPath IDBTransaction:transaction %(_,_?)IDBRequest<IDBValidKey>;!add,put %()IDBRequest<u>;!clear %(_?)IDBRequest<n>;!count %(s,_,_?)IDBIndex/(s,_,_?)IDBIndex;!createIndex %(_)IDBRequest<u>;!delete %(_)IDBRequest<_>;!get %(_?,n?)IDBRequest<*_>;!getAll %(_?,n?)IDBRequest<*IDBValidKey>;!getAllKeys %(_)IDBRequest<IDBValidKey>;!getKey %(s)IDBIndex;!index %(_?,_?)IDBRequest<IDBCursorWithValue>;!openCursor %(_?,_?)IDBRequest<IDBCursor>;!openKeyCursor
IDBOpenDBRequest:IDBRequest<IDBDatabase>-	!IDBOpenDBRequestEventMap
IDBRequest<=_>:EventTarget-	DOMException:error 0:result |(IDBObjectStore,IDBIndex,IDBCursor):source IDBTransaction:transaction !IDBRequestEventMap
IDBTransaction:EventTarget-	IDBDatabase:db DOMException:error DOMStringList:objectStoreNames %(s)IDBObjectStore;!objectStore !IDBTransactionEventMap
IDBValidKey=|(n,s,Date,BufferSource,*IDBValidKey)
ImageBitmapRenderingContext-	|(HTMLCanvasElement,OffscreenCanvas):canvas
ImageBitmapSource=|(CanvasImageSource,Blob,_)
ImageBufferSource=|(AllowSharedBufferSource,ReadableStream)
ImageCapture	MediaStreamTrack:track %()Promise<_>;!getPhotoCapabilities,getPhotoSettings %(_?)Promise<Blob>;!takePhoto
ImageDataArray=Uint8ClampedArray<ArrayBuffer>
ImportAssertions	s:[string]
ImportAttributes	s:[string]
ImportCallOptions	ImportAssertions:assert ImportAttributes:with
ImportMeta	s:url %(s)s;!resolve
InputEvent:UIEvent-	DataTransfer:dataTransfer %()*_;!getTargetRanges
InstanceType<+(._)_;>=
Int16Array<ArrayBufferLike=ArrayBufferLike>	&&Int8Array
Int16ArrayConstructor	Int16Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +()Int16Array<ArrayBuffer>/(_)Int16Array<ArrayBuffer>/(n)Int16Array<ArrayBuffer>/(_)Int16Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)Int16Array<$0>/(_,n?,n?)Int16Array<ArrayBuffer>/(_)Int16Array<ArrayBuffer>;:new %(._)Int16Array<ArrayBuffer>;!of %(_)Int16Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)n;?,_?)Int16Array<ArrayBuffer>/(_)Int16Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)n;,_?)Int16Array<ArrayBuffer>;!from
Int32Array<ArrayBufferLike=ArrayBufferLike>	&&Int8Array
Int32ArrayConstructor	Int32Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +()Int32Array<ArrayBuffer>/(_)Int32Array<ArrayBuffer>/(n)Int32Array<ArrayBuffer>/(_)Int32Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)Int32Array<$0>/(_,n?,n?)Int32Array<ArrayBuffer>/(_)Int32Array<ArrayBuffer>;:new %(._)Int32Array<ArrayBuffer>;!of %(_)Int32Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)n;?,_?)Int32Array<ArrayBuffer>/(_)Int32Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)n;,_?)Int32Array<ArrayBuffer>;!from
Int32List=|(Int32Array<ArrayBufferLike>,*n)
Int8Array<ArrayBufferLike=ArrayBufferLike>	n:BYTES_PER_ELEMENT,byteLength,byteOffset,length,[] 0:buffer s:[toStringTag] %(n,n,n?)@;!copyWithin %(%(n,n,@)_;,_?)b;!every,some %(n,n?,n?)@;!fill %(%(n,n,@)_;,_?)&<ArrayBuffer>;!filter %(%(n,n,@)b;,_?)n;!find,findIndex %(%(n,n,@)u;,_?)u;!forEach %(n,n?)n;!indexOf,lastIndexOf %(s?)s;!join %(%(n,n,@)n;,_?)&<ArrayBuffer>;!map %(%(n,n,n,@)n;)n/(%(n,n,n,@)n;,n)n/<>(%($0,n,n,@)$0;,$0)$0;!reduce,reduceRight %()@;!reverse,valueOf %(_,n?)u;!set %(n?,n?)&<ArrayBuffer>;!slice %(%(n,n)n;?)@;!sort %(n?,n?)&<0>;!subarray %(_,_?)s/()s;!toLocaleString %()s;!toString %()ArrayIterator<n>;![iterator],keys,values %()ArrayIterator<[n,n]>;!entries %(n,n?)b;!includes %(n)n;!at %<n>(%(n,n,@)?$0;,_?)$0/(%(n,n,@)_;,_?)n;!findLast %(%(n,n,@)_;,_?)n;!findLastIndex %()&<ArrayBuffer>;!toReversed %(%(n,n)n;?)&<ArrayBuffer>;!toSorted %(n,n)&<ArrayBuffer>;!with
Int8ArrayConstructor	Int8Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +()Int8Array<ArrayBuffer>/(_)Int8Array<ArrayBuffer>/(n)Int8Array<ArrayBuffer>/(_)Int8Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)Int8Array<$0>/(_,n?,n?)Int8Array<ArrayBuffer>/(_)Int8Array<ArrayBuffer>;:new %(._)Int8Array<ArrayBuffer>;!of %(_)Int8Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)n;?,_?)Int8Array<ArrayBuffer>/(_)Int8Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)n;,_?)Int8Array<ArrayBuffer>;!from
IntersectionObserver-	|(Element,Document):root ReadonlyArray<n>:thresholds %()*_;!takeRecords
Intl.Collator	%(s,s)n;!compare %()Intl.ResolvedCollatorOptions;!resolvedOptions
Intl.CollatorConstructor	+(_?,_?)Intl.Collator/(_?,_?)Intl.Collator;:new %(_?,_?)Intl.Collator/(_?,_?)Intl.Collator;:() %(_,_?)*s/(_,_?)*s;!supportedLocalesOf
Intl.CollatorOptions	|("sort","search"):usage s:localeMatcher,sensitivity,collation b:numeric,ignorePunctuation |("upper","lower","false"):caseFirst
Intl.DateTimeFormat	%(_?)s;!format %()Intl.ResolvedDateTimeFormatOptions;!resolvedOptions %(_?)*Intl.DateTimeFormatPart;!formatToParts %(_,_)s;!formatRange %(_,_)*Intl.DateTimeRangeFormatPart;!formatRangeToParts
Intl.DateTimeFormatConstructor	Intl.DateTimeFormat:prototype +(_?,_?)Intl.DateTimeFormat/(_?,_?)Intl.DateTimeFormat;:new %(_?,_?)Intl.DateTimeFormat/(_?,_?)Intl.DateTimeFormat;:() %(_,_?)*s/(_,_?)*s;!supportedLocalesOf
Intl.DateTimeFormatOptions	s:localeMatcher,month,timeZoneName,formatMatcher,timeZone,calendar,numberingSystem,dateStyle,timeStyle,hourCycle |("long","short","narrow"):weekday,era |("numeric","2-digit"):year,day,hour,minute,second b:hour12 |("narrow","short","long"):dayPeriod n:fractionalSecondDigits
Intl.DateTimeFormatPart	Intl.DateTimeFormatPartTypes:type s:value
Intl.DateTimeFormatPartTypes=^Intl.DateTimeFormatPartTypesRegistry
Intl.DateTimeFormatPartTypesRegistry	_:day,dayPeriod,era,hour,literal,minute,month,second,timeZoneName,weekday,year,fractionalSecond u:unknown
Intl.DateTimeRangeFormatPart:Intl.DateTimeFormatPart	|("startRange","endRange","shared"):source
Intl.DisplayNames	%(s)s;!of %()Intl.ResolvedDisplayNamesOptions;!resolvedOptions
Intl.DisplayNamesFallback=|("code","none")
Intl.DisplayNamesLanguageDisplay=|("dialect","standard")
Intl.DisplayNamesOptions	Intl.RelativeTimeFormatLocaleMatcher:localeMatcher Intl.RelativeTimeFormatStyle:style Intl.DisplayNamesType:type Intl.DisplayNamesLanguageDisplay:languageDisplay Intl.DisplayNamesFallback:fallback
Intl.DisplayNamesType=s
Intl.LDMLPluralRule=s
Intl.ListFormat	%(_)s;!format %(_)*{|("element","literal"):type;s:value};!formatToParts %()Intl.ResolvedListFormatOptions;!resolvedOptions
Intl.ListFormatLocaleMatcher=s
Intl.ListFormatOptions	Intl.ListFormatLocaleMatcher:localeMatcher Intl.ListFormatType:type Intl.ListFormatStyle:style
Intl.ListFormatStyle=|("long","short","narrow")
Intl.ListFormatType=|("conjunction","disjunction","unit")
Intl.Locale:Intl.LocaleOptions	s:baseName,language %()&;!maximize,minimize %()Intl.UnicodeBCP47LocaleIdentifier;!toString
Intl.LocaleCollationCaseFirst=|("upper","lower","false")
Intl.LocaleHourCycleKey=s
Intl.LocaleOptions	s:baseName,calendar,collation,language,numberingSystem,region,script Intl.LocaleCollationCaseFirst:caseFirst Intl.LocaleHourCycleKey:hourCycle b:numeric
Intl.LocalesArgument=|(Intl.UnicodeBCP47LocaleIdentifier,Intl.Locale,ReadonlyArray<|(Intl.UnicodeBCP47LocaleIdentifier,Intl.Locale)>)
Intl.NumberFormat	%(_)s/(_)s/(n)s;!format %()Intl.ResolvedNumberFormatOptions;!resolvedOptions %(_)*Intl.NumberFormatPart/(_?)*Intl.NumberFormatPart;!formatToParts %(_,_)s;!formatRange %(_,_)*Intl.NumberRangeFormatPart;!formatRangeToParts
Intl.NumberFormatConstructor	Intl.NumberFormat:prototype +(_?,_?)Intl.NumberFormat/(_?,_?)Intl.NumberFormat;:new %(_?,_?)Intl.NumberFormat/(_?,_?)Intl.NumberFormat;:() %(_,_?)*s/(_,_?)*s;!supportedLocalesOf
Intl.NumberFormatOptions	s:localeMatcher,currency,numberingSystem,notation,unit,roundingMode Intl.NumberFormatOptionsStyle:style Intl.NumberFormatOptionsCurrencyDisplay:currencyDisplay Intl.NumberFormatOptionsUseGrouping:useGrouping n:minimumIntegerDigits,minimumFractionDigits,maximumFractionDigits,minimumSignificantDigits,maximumSignificantDigits,roundingIncrement |("short","long"):compactDisplay Intl.NumberFormatOptionsSignDisplay:signDisplay |("short","long","narrow"):unitDisplay |("standard","accounting"):currencySign |("auto","morePrecision","lessPrecision"):roundingPriority |("auto","stripIfInteger"):trailingZeroDisplay
Intl.NumberFormatOptionsCurrencyDisplay=^Intl.NumberFormatOptionsCurrencyDisplayRegistry
Intl.NumberFormatOptionsCurrencyDisplayRegistry	u:code,symbol,name,narrowSymbol
Intl.NumberFormatOptionsSignDisplay=^Intl.NumberFormatOptionsSignDisplayRegistry
Intl.NumberFormatOptionsSignDisplayRegistry	u:auto,never,always,exceptZero,negative
Intl.NumberFormatOptionsStyle=^Intl.NumberFormatOptionsStyleRegistry
Intl.NumberFormatOptionsStyleRegistry	u:decimal,percent,currency,unit
Intl.NumberFormatOptionsUseGrouping=
Intl.NumberFormatOptionsUseGroupingRegistry	u:min2,auto,always
Intl.NumberFormatPart	Intl.NumberFormatPartTypes:type s:value
Intl.NumberFormatPartTypeRegistry	u:literal,nan,infinity,percent,integer,group,decimal,fraction,plusSign,minusSign,percentSign,currency,compact,exponentInteger,exponentMinusSign,exponentSeparator,unit,unknown
Intl.NumberFormatPartTypes=^Intl.NumberFormatPartTypeRegistry
Intl.NumberRangeFormatPart:Intl.NumberFormatPart	&&Intl.DateTimeRangeFormatPart
Intl.PluralRuleType=|("cardinal","ordinal")
Intl.PluralRules	%()Intl.ResolvedPluralRulesOptions;!resolvedOptions %(n)Intl.LDMLPluralRule;!select
Intl.PluralRulesConstructor	+(_?,_?)Intl.PluralRules/(_?,_?)Intl.PluralRules;:new %(_?,_?)Intl.PluralRules/(_?,_?)Intl.PluralRules;:() %(_,{s:localeMatcher}?)*s/(_,{s:localeMatcher}?)*s;!supportedLocalesOf
Intl.PluralRulesOptions	s:localeMatcher Intl.PluralRuleType:type n:minimumIntegerDigits,minimumFractionDigits,maximumFractionDigits,minimumSignificantDigits,maximumSignificantDigits
Intl.RelativeTimeFormat	%(n,_)s;!format %(n,_)*Intl.RelativeTimeFormatPart;!formatToParts %()Intl.ResolvedRelativeTimeFormatOptions;!resolvedOptions
Intl.RelativeTimeFormatLocaleMatcher=s
Intl.RelativeTimeFormatNumeric=|("always","auto")
Intl.RelativeTimeFormatOptions	Intl.RelativeTimeFormatLocaleMatcher:localeMatcher Intl.RelativeTimeFormatNumeric:numeric Intl.RelativeTimeFormatStyle:style
Intl.RelativeTimeFormatPart=|({s:type,value},{Exclude<Intl.NumberFormatPartTypes,"literal">:type;s:value;Intl.RelativeTimeFormatUnitSingular:unit})
Intl.RelativeTimeFormatStyle=|("long","short","narrow")
Intl.RelativeTimeFormatUnit=s
Intl.RelativeTimeFormatUnitSingular=s
Intl.ResolvedCollatorOptions	s:locale,usage,sensitivity,collation,caseFirst b:ignorePunctuation,numeric
Intl.ResolvedDateTimeFormatOptions	s:locale,calendar,numberingSystem,timeZone,weekday,era,year,month,day,hour,minute,second,timeZoneName,formatMatcher,dateStyle,timeStyle,hourCycle b:hour12 |("narrow","short","long"):dayPeriod n:fractionalSecondDigits
Intl.ResolvedDisplayNamesOptions	Intl.UnicodeBCP47LocaleIdentifier:locale Intl.RelativeTimeFormatStyle:style Intl.DisplayNamesType:type Intl.DisplayNamesFallback:fallback Intl.DisplayNamesLanguageDisplay:languageDisplay
Intl.ResolvedListFormatOptions	s:locale Intl.ListFormatStyle:style Intl.ListFormatType:type
Intl.ResolvedNumberFormatOptions	s:locale,numberingSystem,currency,notation,unit,roundingMode Intl.NumberFormatOptionsStyle:style Intl.NumberFormatOptionsCurrencyDisplay:currencyDisplay n:minimumIntegerDigits,minimumFractionDigits,maximumFractionDigits,minimumSignificantDigits,maximumSignificantDigits,roundingIncrement Intl.ResolvedNumberFormatOptionsUseGrouping:useGrouping |("short","long"):compactDisplay Intl.NumberFormatOptionsSignDisplay:signDisplay |("short","long","narrow"):unitDisplay |("standard","accounting"):currencySign |("auto","morePrecision","lessPrecision"):roundingPriority |("auto","stripIfInteger"):trailingZeroDisplay
Intl.ResolvedNumberFormatOptionsUseGrouping=
Intl.ResolvedPluralRulesOptions	s:locale *Intl.LDMLPluralRule:pluralCategories Intl.PluralRuleType:type n:minimumIntegerDigits,minimumFractionDigits,maximumFractionDigits,minimumSignificantDigits,maximumSignificantDigits
Intl.ResolvedRelativeTimeFormatOptions	Intl.UnicodeBCP47LocaleIdentifier:locale Intl.RelativeTimeFormatStyle:style Intl.RelativeTimeFormatNumeric:numeric s:numberingSystem
Intl.ResolvedSegmenterOptions	s:locale |("grapheme","word","sentence"):granularity
Intl.SegmentData	s:segment,input n:index b:isWordLike
Intl.SegmentIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
Intl.Segmenter	%(s)Intl.Segments;!segment %()Intl.ResolvedSegmenterOptions;!resolvedOptions
Intl.SegmenterOptions	s:localeMatcher |("grapheme","word","sentence"):granularity
Intl.Segments	%(n?)Intl.SegmentData;!containing %()Intl.SegmentIterator<Intl.SegmentData>;![iterator]
Intl.StringNumericLiteral=s
Intl.UnicodeBCP47LocaleIdentifier=s
Iterable<,=_,=_>	%()Iterator<0,1,2>;![iterator]
IterableIterator<,=_,=_>:Iterator<0,1,2>	%()&<0,1,2>;![iterator]
Iterator<,=_,=_>	%(.|([],[2]))IteratorResult<0,1>;!next %(1?)IteratorResult<0,1>;!return %(_?)IteratorResult<0,1>;!throw
IteratorConstructor:IteratorObjectConstructor	%<>(|(Iterator<$0,_,u>,Iterable<$0,_,u>))IteratorObject<$0,u,_>;!from
IteratorObject<,=_,=_>:Iterator<0,1,2>,Disposable	s:[toStringTag] %()&<0,1,2>/()&<0,1,2>;![iterator] %<>(%(0,n)$0;)&<$0,u,_>;!map %<0>(%(0,n)?$0;)&<$0,u,_>/(%(0,n)_;)&<0,u,_>;!filter %(n)&<0,u,_>;!take,drop %<>(%(0,n)|(Iterator<$0,_,u>,Iterable<$0,_,u>);)&<$0,u,_>;!flatMap %(%(0,0,n)0;)0/(%(0,0,n)0;,0)0/<>(%($0,0,n)$0;,$0)$0;!reduce %()*0;!toArray %(%(0,n)u;)u;!forEach %(%(0,n)_;)b;!some,every %<0>(%(0,n)?$0;)$0/(%(0,n)_;)0;!find
IteratorResult<,=_>=|(IteratorYieldResult<0>,IteratorReturnResult<1>)
IteratorReturnResult<>	b:done 0:value
IteratorYieldResult<>	b:done 0:value
JSON	s:[toStringTag] %(s,%(s,_)_;?)_;!parse %(_,%(s,_)_;?,_?)s/(_,_?,_?)s;!stringify
KeyframeEffect:AnimationEffect-	Element:target %()*ComputedKeyframe;!getKeyframes
LargestContentfulPaint:PerformanceEntry-	Element:element
LockGrantedCallback<>	%(_)0;:()
LockManager	%()Promise<_>;!query %<>(s,LockGrantedCallback<$0>)Promise<$0>/<>(s,_,LockGrantedCallback<$0>)Promise<$0>;!request
Lowercase<s>=
MIDIConnectionEvent:Event	MIDIPort:port
MIDIMessageEvent:Event	Uint8Array<ArrayBuffer>:data
Map<,>	n:size s:[toStringTag] %()u;!clear %(0)b;!delete,has %(%(1,0,&<0,1>)u;,_?)u;!forEach %(0)1;!get %(0,1)@;!set %()MapIterator<[0,1]>;![iterator],entries %()MapIterator<0>;!keys %()MapIterator<1>;!values
MapConstructor	Map<_,_>:prototype &:[species] +()Map<_,_>/<,>(Iterable<[$0,$1]>?)Map<$0,$1>/()Map<_,_>/<,>(ReadonlyArray<[$0,$1]>?)Map<$0,$1>;:new %<,>(Iterable<$1>,%($1,n)$0;)Map<$0,*$1>;!groupBy
MapIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
Math	n:E,LN10,LN2,LOG2E,LOG10E,PI,SQRT1_2,SQRT2 s:[toStringTag] %(n)n;!abs,acos,asin,atan,ceil,cos,exp,floor,log,round,sin,sqrt,tan,clz32,sign,log10,log2,log1p,expm1,cosh,sinh,tanh,acosh,asinh,atanh,trunc,fround,cbrt,f16round %(n,n)n;!atan2,pow,imul %(._)n;!max,min,hypot %()n;!random
MathMLElement:Element,ElementCSSInlineStyle,GlobalEventHandlers,HTMLOrSVGElement	!MathMLElementEventMap
MediaElementAudioSourceNode:AudioNode	HTMLMediaElement:mediaElement
MediaEncryptedEvent:Event-	ArrayBuffer:initData
MediaKeyMessageEvent:Event-	ArrayBuffer:message
MediaKeySession:EventTarget-	Promise<s>:closed MediaKeyStatusMap:keyStatuses %()Promise<u>;!close,remove %(s,_)Promise<u>;!generateRequest %(s)Promise<b>;!load %(_)Promise<u>;!update !MediaKeySessionEventMap
MediaKeyStatusMap-	%(%(_,_,_)u;,_?)u;!forEach %()MediaKeyStatusMapIterator<[BufferSource,s]>;![iterator],entries %()MediaKeyStatusMapIterator<BufferSource>;!keys %()MediaKeyStatusMapIterator<s>;!values
MediaKeyStatusMapIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
MediaKeySystemAccess-	%()Promise<MediaKeys>;!createMediaKeys
MediaKeys	%(_?)MediaKeySession;!createSession %(_?)Promise<s>;!getStatusForPolicy %(_)Promise<b>;!setServerCertificate
MediaProvider=|(MediaStream,MediaSource,Blob)
MediaStreamTrackEvent:Event	MediaStreamTrack:track
MessageEvent<=_>:Event-	0:data ReadonlyArray<MessagePort>:ports MessageEventSource:source
MessageEventInit<=_>-	0:data *MessagePort:ports MessageEventSource:source
MessageEventSource=|(WindowProxy,MessagePort,ServiceWorker)
MethodDecorator=%<>(_,_,TypedPropertyDescriptor<$0>)TypedPropertyDescriptor<$0>;
MouseEvent:UIEvent-	EventTarget:relatedTarget
NamedNodeMap-	Attr:[] %(s)Attr;!getNamedItem,removeNamedItem %(_,s)Attr;!getNamedItemNS,removeNamedItemNS %(n)Attr;!item %(_)Attr;!setNamedItem,setNamedItemNS %()ArrayIterator<Attr>;![iterator]
Navigator:NavigatorBadge,NavigatorContentUtils,NavigatorPlugins-	Clipboard:clipboard CredentialsContainer:credentials Geolocation:geolocation NavigatorLogin:login MediaCapabilities:mediaCapabilities MediaDevices:mediaDevices MediaSession:mediaSession Permissions:permissions ServiceWorkerContainer:serviceWorker WakeLock:wakeLock %()*_;!getGamepads %(_?)Promise<MIDIAccess>;!requestMIDIAccess %(s,_)Promise<MediaKeySystemAccess>/(s,_)Promise<MediaKeySystemAccess>;!requestMediaKeySystemAccess %(_?)Promise<u>;!share
NewableFunction:Function	%<>($0)u/<,*_>($0,$1)u;!apply %<,*_>($0,.$1)u;!call %<>(_)$0/<*_,*_,>(_,.$0)+(.$1)$2;;!bind
NoInfer<>=
Node:EventTarget-	NodeListOf<ChildNode>:childNodes ChildNode:firstChild,lastChild,nextSibling,previousSibling Document:ownerDocument HTMLElement:parentElement ParentNode:parentNode %<&>($0)$0;!appendChild,removeChild %(b?)&;!cloneNode %(_?)&;!getRootNode %<&>($0,_)$0;!insertBefore %<&>(_,$0)$0;!replaceChild
NodeFilter=|(%(_)n;,{%(_)n;!acceptNode})
NodeIterator-	NodeFilter:filter Node:referenceNode,root %()Node;!nextNode,previousNode
NodeList-	Node:[] %(n)Node;!item %(%(_,n,_)u;,_?)u;!forEach %()ArrayIterator<Node>;![iterator],values %()ArrayIterator<[n,Node]>;!entries %()ArrayIterator<n>;!keys
NodeListOf<Node>:NodeList	0:[] %(n)0;!item %(%(0,n,&<0>)u;,_?)u;!forEach %()ArrayIterator<0>;![iterator],values %()ArrayIterator<[n,0]>;!entries %()ArrayIterator<n>;!keys
NonElementParentNode	%(s)Element;!getElementById
NonNullable<>=&(0,{})
Number	%(n?)s;!toString,toFixed,toExponential,toPrecision %()n;!valueOf %(_?,_?)s/(_?,_?)s;!toLocaleString
NumberConstructor	Number:prototype n:MAX_VALUE,MIN_VALUE,NaN,NEGATIVE_INFINITY,POSITIVE_INFINITY,EPSILON,MAX_SAFE_INTEGER,MIN_SAFE_INTEGER +(_?)Number;:new %(_?)n;:() %(_)b;!isFinite,isInteger,isNaN,isSafeInteger %(s)n;!parseFloat %(s,n?)n;!parseInt
Object	Function:constructor %()s;!toString,toLocaleString %()&;!valueOf %(_)b;!hasOwnProperty,isPrototypeOf,propertyIsEnumerable
ObjectConstructor	Object:prototype +(_?)Object;:new %()_/(_)_;:() %(_)_;!getPrototypeOf %(_,_)PropertyDescriptor;!getOwnPropertyDescriptor %(_)*s;!getOwnPropertyNames %(_)_/(_,_)_;!create %<>($0,_,_)$0;!defineProperty %<>($0,_)$0;!defineProperties %<>($0)$0;!seal,preventExtensions %<Function>($0)$0/<{|($1,_):[string]},|(s,i,n,b,y)>($0)Readonly<$0>/<>($0)Readonly<$0>;!freeze %(_)b;!isSealed,isFrozen,isExtensible %(_)*s/(_)*s;!keys %<{},>($0,$1)&($0,$1)/<{},,>($0,$1,$2)&($0,$1,$2)/<{},,,>($0,$1,$2,$3)&($0,$1,$2,$3)/(_,._)_;!assign %(_)*y;!getOwnPropertySymbols %(_,_)b;!is,hasOwn %(_,_)_;!setPrototypeOf %<>(|({$0:[string]},ArrayLike<$0>))*$0/(_)*_;!values %<>(|({$0:[string]},ArrayLike<$0>))*[s,$0]/(_)*[s,_];!entries %<>($0)&(~($0,TypedPropertyDescriptor<'>),{PropertyDescriptor:[string]});!getOwnPropertyDescriptors %<=_>(Iterable<[PropertyKey,$0]>){$0:[string]}/(_)_;!fromEntries %<PropertyKey,>(Iterable<$1>,%($1,n)$0;)Partial<Record<$0,*$1>>;!groupBy
OfflineAudioCompletionEvent:Event	AudioBuffer:renderedBuffer
OffscreenCanvas:EventTarget-	%(_?)Promise<Blob>;!convertToBlob %("2d",_?)OffscreenCanvasRenderingContext2D/("bitmaprenderer",_?)ImageBitmapRenderingContext/("webgl",_?)_/("webgl2",_?)_/(_,_?)OffscreenRenderingContext;!getContext %()ImageBitmap;!transferToImageBitmap !OffscreenCanvasEventMap
OffscreenCanvasRenderingContext2D:CanvasDrawImage,CanvasDrawPath,CanvasFillStrokeStyles,CanvasImageData,CanvasPath,CanvasPathDrawingStyles,CanvasRect,CanvasState,CanvasText,CanvasTransform-	OffscreenCanvas:canvas
OffscreenRenderingContext=|(OffscreenCanvasRenderingContext2D,ImageBitmapRenderingContext,_)
Omit<,>=Pick<0,Exclude<^0,1>>
OmitThisParameter<>=
OnBeforeUnloadEventHandler=OnBeforeUnloadEventHandlerNonNull
OnErrorEventHandler=OnErrorEventHandlerNonNull
PageRevealEvent:Event	ViewTransition:viewTransition
PageSwapEvent:Event-	ViewTransition:viewTransition
ParameterDecorator=%(_,_,n)u;
Parameters<%(._)_;>=
ParentNode:Node-	HTMLCollection:children Element:firstElementChild,lastElementChild %<^HTMLElementTagNameMap>($0)#(HTMLElementTagNameMap,$0)/<^SVGElementTagNameMap>($0)#(SVGElementTagNameMap,$0)/<^MathMLElementTagNameMap>($0)#(MathMLElementTagNameMap,$0)/<^HTMLElementDeprecatedTagNameMap>($0)#(HTMLElementDeprecatedTagNameMap,$0)/<Element=Element>(s)$0;!querySelector %<^HTMLElementTagNameMap>($0)NodeListOf<#(HTMLElementTagNameMap,$0)>/<^SVGElementTagNameMap>($0)NodeListOf<#(SVGElementTagNameMap,$0)>/<^MathMLElementTagNameMap>($0)NodeListOf<#(MathMLElementTagNameMap,$0)>/<^HTMLElementDeprecatedTagNameMap>($0)NodeListOf<#(HTMLElementDeprecatedTagNameMap,$0)>/<Element=Element>(s)NodeListOf<$0>;!querySelectorAll
Partial<>=~(0,')
PerformanceEntryList=*PerformanceEntry
PerformanceEventTiming:PerformanceEntry-	Node:target
Pick<,^0>=
PictureInPictureEvent:Event	PictureInPictureWindow:pictureInPictureWindow
PointerEvent:MouseEvent-	%()*&;!getCoalescedEvents,getPredictedEvents
ProcessingInstruction:CharacterData-	Document:ownerDocument
ProgressEvent<EventTarget=EventTarget>:Event-	0:target
Promise<>	s:[toStringTag] %<=0,=u>(%(0)|($0,PromiseLike<$0>);?,%(_)|($1,PromiseLike<$1>);?)&<|($0,$1)>;!then %<=u>(%(_)|($0,PromiseLike<$0>);?)&<|(0,$0)>;!catch %(%()u;?)&<0>;!finally
PromiseConstructor	Promise<_>:prototype &:[species] %<|(ReadonlyArray<_>,[])>($0)Promise<~($0,Awaited<'>)>/<>(Iterable<|($0,PromiseLike<$0>)>)Promise<*Awaited<$0>>;!all %<|(ReadonlyArray<_>,[])>($0)Promise<Awaited<#($0,n)>>/<>(Iterable<|($0,PromiseLike<$0>)>)Promise<Awaited<$0>>;!race,any +<>(%(%(|($0,PromiseLike<$0>))u;,%(_?)u;)u;)Promise<$0>;:new %<=u>(_?)Promise<$0>;!reject %()Promise<u>/<>($0)Promise<Awaited<$0>>/<>(|($0,PromiseLike<$0>))Promise<Awaited<$0>>;!resolve %<|(ReadonlyArray<_>,[])>($0)Promise<~($0,PromiseSettledResult<Awaited<'>>)>/<>(Iterable<|($0,PromiseLike<$0>)>)Promise<*PromiseSettledResult<Awaited<$0>>>;!allSettled %<>()PromiseWithResolvers<$0>;!withResolvers %<,*_>(%(.$1)|($0,PromiseLike<$0>);,.$1)Promise<Awaited<$0>>;!try
PromiseConstructorLike=+<>(%(%(|($0,PromiseLike<$0>))u;,%(_?)u;)u;)PromiseLike<$0>;
PromiseFulfilledResult<>	s:status 0:value
PromiseLike<>	%<=0,=u>(%(0)|($0,&<$0>);?,%(_)|($1,&<$1>);?)&<|($0,$1)>;!then
PromiseRejectedResult	s:status _:reason
PromiseRejectionEvent:Event-	Promise<_>:promise
PromiseSettledResult<>=|(PromiseFulfilledResult<0>,PromiseRejectedResult)
PromiseWithResolvers<>	Promise<0>:promise %(|(0,PromiseLike<0>))u;:resolve %(_?)u;:reject
PropertyDecorator=%(_,_)u;
PropertyDescriptor	b:configurable,enumerable,writable _:value %()_;!get %(_)u;!set
PropertyDescriptorMap	
PropertyKey=|(s,n,y)
ProxyConstructor	%<>($0,ProxyHandler<$0>){$0:proxy;%()u;:revoke};!revocable +<>($0,ProxyHandler<$0>)$0;:new
ProxyHandler<>	%(0,_,_)_;!apply,construct,get %(0,_,_)b;!defineProperty %(0,_)b;!deleteProperty,has,setPrototypeOf %(0,_)PropertyDescriptor;!getOwnPropertyDescriptor %(0)_;!getPrototypeOf %(0)b;!isExtensible,preventExtensions %(0)ArrayLike<|(s,y)>;!ownKeys %(0,_,_,_)b;!set
PublicKeyCredentialClientCapabilities=Record<s,b>
QueuingStrategy<=_>-	QueuingStrategySize<0>:size
QueuingStrategySize<=_>	%(0)n;:()
Range-	Node:commonAncestorContainer %()DocumentFragment;!cloneContents,extractContents %()&;!cloneRange %(s)DocumentFragment;!createContextualFragment %()DOMRect;!getBoundingClientRect %()DOMRectList;!getClientRects
RangeError:Error	
RangeErrorConstructor:ErrorConstructor	RangeError:prototype +(s?,_?)RangeError/(s?)RangeError;:new %(s?,_?)RangeError/(s?)RangeError;:()
ReadableByteStreamController-	ReadableStreamBYOBRequest:byobRequest
ReadableStream<=_>-	%(_?)Promise<u>;!cancel %({s:mode})ReadableStreamBYOBReader/()ReadableStreamDefaultReader<0>/(_?)ReadableStreamReader<0>;!getReader %<>(ReadableWritablePair<$0,0>,_?)&<$0>;!pipeThrough %(WritableStream<0>,_?)Promise<u>;!pipeTo %()[&<0>,&<0>];!tee %(_?)ReadableStreamAsyncIterator<0>;![asyncIterator],values
ReadableStreamAsyncIterator<>:AsyncIteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![asyncIterator]
ReadableStreamBYOBReader:ReadableStreamGenericReader-	%<ArrayBufferView>($0)Promise<ReadableStreamReadResult<$0>>;!read
ReadableStreamController<>=|(ReadableStreamDefaultController<0>,ReadableByteStreamController)
ReadableStreamDefaultController<=_>-	%(0?)u;!enqueue
ReadableStreamDefaultReader<=_>:ReadableStreamGenericReader-	%()Promise<ReadableStreamReadResult<0>>;!read
ReadableStreamReadDoneResult<>-	0:value
ReadableStreamReadResult<>=|(ReadableStreamReadValueResult<0>,ReadableStreamReadDoneResult<0>)
ReadableStreamReadValueResult<>-	0:value
ReadableStreamReader<>=|(ReadableStreamDefaultReader<0>,ReadableStreamBYOBReader)
ReadableWritablePair<=_,=_>	ReadableStream<0>:readable WritableStream<1>:writable
Readonly<>=~(0,')
ReadonlyArray<>	n:length 0:[] ~(&<_>,b):[unscopables] %()s;!toString %(_,_?)s/()s;!toLocaleString %(.*ConcatArray<0>)*0/(.*|(0,ConcatArray<0>))*0;!concat %(s?)s;!join %(n?,n?)*0;!slice %(0,n?)n;!indexOf,lastIndexOf %<0>(%(0,n,&<0>)?$0;,_?)?&<$0>/(%(0,n,&<0>)_;,_?)b;!every %(%(0,n,&<0>)_;,_?)b;!some %(%(0,n,&<0>)u;,_?)u;!forEach %<>(%(0,n,&<0>)$0;,_?)*$0;!map %<0>(%(0,n,&<0>)?$0;,_?)*$0/(%(0,n,&<0>)_;,_?)*0;!filter %(%(0,0,n,&<0>)0;)0/(%(0,0,n,&<0>)0;,0)0/<>(%($0,0,n,&<0>)$0;,$0)$0;!reduce,reduceRight %<0>(%(0,n,&<0>)?$0;,_?)$0/(%(0,n,&<0>)_;,_?)0;!find,findLast %(%(0,n,&<0>)_;,_?)n;!findIndex,findLastIndex %()ArrayIterator<0>;![iterator],values %()ArrayIterator<[n,0]>;!entries %()ArrayIterator<n>;!keys %(0,n?)b;!includes %<,=u>(%(0,n,*0)|($0,&<$0>);,$1?)*$0;!flatMap %<,n=n>($1?)*FlatArray<$0,$1>;!flat %(n)0;!at %()*0;!toReversed %(%(0,0)n;?)*0;!toSorted %(n,n,.*0)*0/(n,n?)*0;!toSpliced %(n,0)*0;!with
ReadonlyMap<,>	n:size %(%(1,0,&<0,1>)u;,_?)u;!forEach %(0)1;!get %(0)b;!has %()MapIterator<[0,1]>;![iterator],entries %()MapIterator<0>;!keys %()MapIterator<1>;!values
ReadonlySet<>	n:size %(%(0,0,&<0>)u;,_?)u;!forEach %(0)b;!has %()SetIterator<0>;![iterator],keys,values %()SetIterator<[0,0]>;!entries %<>(ReadonlySetLike<$0>)Set<|(0,$0)>;!union,symmetricDifference %<>(ReadonlySetLike<$0>)Set<&(0,$0)>;!intersection %<>(ReadonlySetLike<$0>)Set<0>;!difference %(_)b;!isSubsetOf,isSupersetOf,isDisjointFrom
ReadonlySetLike<>	n:size %()Iterator<0>;!keys %(0)b;!has
Record<,>=
ReferenceError:Error	
ReferenceErrorConstructor:ErrorConstructor	ReferenceError:prototype +(s?,_?)ReferenceError/(s?)ReferenceError;:new %(s?,_?)ReferenceError/(s?)ReferenceError;:()
RegExp	s:source,flags b:global,ignoreCase,multiline,sticky,unicode,dotAll,hasIndices,unicodeSets n:lastIndex %(s)RegExpExecArray;!exec %(s)b;!test %(s,s?)@;!compile %(s)RegExpMatchArray;![match] %(s,s)s/(s,%(s,._)s;)s;![replace] %(s)n;![search] %(s,n?)*s;![split] %(s)RegExpStringIterator<RegExpMatchArray>;![matchAll]
RegExpConstructor	RegExp:prototype s:$1,$2,$3,$4,$5,$6,$7,$8,$9,input,$_,lastMatch,lastParen,leftContext,rightContext &:[species] +(_,s?)RegExp/(_)RegExp/(s,s?)RegExp;:new %(_,s?)RegExp/(_)RegExp/(s,s?)RegExp;:()
RegExpExecArray:*s	&&RegExpMatchArray
RegExpIndicesArray:*[n,n]	{[n,n]:[string]}:groups
RegExpMatchArray:*s	n:index s:input,0 {s:[string]}:groups RegExpIndicesArray:indices
RegExpStringIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
RenderingContext=|(CanvasRenderingContext2D,ImageBitmapRenderingContext,_)
ReportList=*Report
Request:Body-	Headers:headers AbortSignal:signal %()&;!clone
RequestInfo=|(Request,s)
Required<>=~(0,')
Response:Body-	Headers:headers %()&;!clone
ReturnType<%(._)_;>=
SVGMatrix=DOMMatrix
SVGPoint=DOMPoint
SVGRect=DOMRect
Selection-	Node:anchorNode,focusNode %(_?)*_;!getComposedRanges %(n)Range;!getRangeAt
Set<>	n:size s:[toStringTag] %(0)@;!add %()u;!clear %(0)b;!delete,has %(%(0,0,&<0>)u;,_?)u;!forEach %()SetIterator<0>;![iterator],keys,values %()SetIterator<[0,0]>;!entries %<>(ReadonlySetLike<$0>)&<|(0,$0)>;!union,symmetricDifference %<>(ReadonlySetLike<$0>)&<&(0,$0)>;!intersection %<>(ReadonlySetLike<$0>)&<0>;!difference %(_)b;!isSubsetOf,isSupersetOf,isDisjointFrom
SetConstructor	Set<_>:prototype &:[species] +<>(Iterable<$0>?)Set<$0>/<=_>(ReadonlyArray<$0>?)Set<$0>;:new
SetIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
ShadowRoot:DocumentFragment,DocumentOrShadowRoot-	Element:host !ShadowRootEventMap
SharedArrayBuffer	n:byteLength,maxByteLength s:[toStringTag] b:growable %(n?,n?)&;!slice %(n?)u;!grow
SharedArrayBufferConstructor	SharedArrayBuffer:prototype &:[species] +(n,_?)SharedArrayBuffer/(n?)SharedArrayBuffer;:new
SpeechSynthesisEvent:Event-	SpeechSynthesisUtterance:utterance
StorageEvent:Event-	Storage:storageArea
StorageManager	%()Promise<_>;!estimate %()Promise<FileSystemDirectoryHandle>;!getDirectory %()Promise<b>;!persist,persisted
String	n:length s:[] %()s;!toString,toLowerCase,toUpperCase,trim,valueOf,big,blink,bold,fixed,italics,small,strike,sub,sup,trimEnd,trimStart,trimLeft,trimRight,toWellFormed %(n)s;!charAt,repeat,at %(n)n;!charCodeAt,codePointAt %(._)s;!concat %(s,n?)n;!indexOf,lastIndexOf %(s,_?,_?)n/(s,_?,_?)n/(s)n;!localeCompare %(_)RegExpMatchArray/(_)RegExpMatchArray;!match %(_,s)s/({%(s,%(s,._)s;)s;![replace]},%(s,._)s;)s/(_,s)s/(_,%(s,._)s;)s;!replace %(_)n/(_)n;!search %(n?,n?)s;!slice %(_,n?)*s/(_,n?)*s;!split %(n,n?)s;!substring,substr %(_?)s/(_?)s;!toLocaleLowerCase,toLocaleUpperCase %(s,n?)b;!includes,endsWith,startsWith %(s)s/(s?)s;!normalize %(s)s;!anchor,fontcolor,link %(n)s/(s)s;!fontsize %()StringIterator<s>;![iterator] %(n,s?)s;!padStart,padEnd %(_)RegExpStringIterator<RegExpExecArray>;!matchAll %(_,s)s/(_,%(s,._)s;)s;!replaceAll %()b;!isWellFormed
StringConstructor	String:prototype +(_?)String;:new %(_?)s;:() %(._)s;!fromCharCode,fromCodePoint %(_,._)s;!raw
StringIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
StylePropertyMapReadOnly-	%(s)CSSStyleValue;!get %(s)*CSSStyleValue;!getAll %(%(_,s,_)u;,_?)u;!forEach %()StylePropertyMapReadOnlyIterator<[s,Iterable<CSSStyleValue>]>;![iterator],entries %()StylePropertyMapReadOnlyIterator<s>;!keys %()StylePropertyMapReadOnlyIterator<Iterable<CSSStyleValue>>;!values
StylePropertyMapReadOnlyIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
StyleSheet-	MediaList:media |(Element,ProcessingInstruction):ownerNode CSSStyleSheet:parentStyleSheet
StyleSheetList-	CSSStyleSheet:[] %(n)CSSStyleSheet;!item %()ArrayIterator<CSSStyleSheet>;![iterator]
SubmitEvent:Event	HTMLElement:submitter
SuppressedError:Error	_:error,suppressed
SuppressedErrorConstructor	SuppressedError:prototype +(_,_,s?)SuppressedError;:new %(_,_,s?)SuppressedError;:()
Symbol	s:[toStringTag],description %()s;!toString %()y;!valueOf %(s)y;![toPrimitive]
SymbolConstructor	y:iterator,hasInstance,isConcatSpreadable,match,replace,search,species,split,toPrimitive,toStringTag,unscopables,asyncIterator,matchAll,dispose,asyncDispose,metadata Symbol:prototype %(_?)y;:() %(s)y;!for %(y)s;!keyFor
SyntaxError:Error	
SyntaxErrorConstructor:ErrorConstructor	SyntaxError:prototype +(s?,_?)SyntaxError/(s?)SyntaxError;:new %(s?,_?)SyntaxError/(s?)SyntaxError;:()
TemplateStringsArray:ReadonlyArray<s>	ReadonlyArray<s>:raw
TexImageSource=|(ImageBitmap,_,HTMLImageElement,HTMLCanvasElement,HTMLVideoElement,OffscreenCanvas,VideoFrame)
Text:CharacterData-	%(n)&;!splitText
ThisParameterType<>=
ThisType<>	
TimerHandler=|(s,Function)
TouchEvent:UIEvent-	TouchList:changedTouches,targetTouches,touches
TrackEvent:Event	TextTrack:track
Transferable=|(OffscreenCanvas,ImageBitmap,MessagePort,_,ReadableStream,WritableStream,TransformStream,AudioData,VideoFrame,ArrayBuffer)
TransformStream<=_,=_>	ReadableStream<1>:readable WritableStream<0>:writable
TransformStreamDefaultController<=_>-	%(0?)u;!enqueue
Transformer<=_,=_>	TransformerFlushCallback<1>:flush u:readableType,writableType TransformerStartCallback<1>:start TransformerTransformCallback<0,1>:transform
TransformerFlushCallback<>	%(TransformStreamDefaultController<0>)PromiseLike<u>;:()
TransformerStartCallback<>	%(TransformStreamDefaultController<0>)_;:()
TransformerTransformCallback<,>	%(0,TransformStreamDefaultController<1>)PromiseLike<u>;:()
TreeWalker-	Node:currentNode,root NodeFilter:filter %()Node;!firstChild,lastChild,nextNode,nextSibling,parentNode,previousNode,previousSibling
TypeError:Error	
TypeErrorConstructor:ErrorConstructor	TypeError:prototype +(s?,_?)TypeError/(s?)TypeError;:new %(s?,_?)TypeError/(s?)TypeError;:()
TypedPropertyDescriptor<>	b:enumerable,configurable,writable 0:value %()0;:get %(0)u;:set
UIEvent:Event-	Window:view
URIError:Error	
URIErrorConstructor:ErrorConstructor	URIError:prototype +(s?,_?)URIError/(s?)URIError;:new %(s?,_?)URIError/(s?)URIError;:()
URL-	URLSearchParams:searchParams
URLSearchParams-	%(s)*s;!getAll %(%(s,s,_)u;,_?)u;!forEach %()URLSearchParamsIterator<[s,s]>;![iterator],entries %()URLSearchParamsIterator<s>;!keys,values
URLSearchParamsIterator<>:IteratorObject<0,BuiltinIteratorReturn,_>	%()&<0>;![iterator]
Uint16Array<ArrayBufferLike=ArrayBufferLike>	&&Int8Array
Uint16ArrayConstructor	Uint16Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +()Uint16Array<ArrayBuffer>/(_)Uint16Array<ArrayBuffer>/(n)Uint16Array<ArrayBuffer>/(_)Uint16Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)Uint16Array<$0>/(_,n?,n?)Uint16Array<ArrayBuffer>/(_)Uint16Array<ArrayBuffer>;:new %(._)Uint16Array<ArrayBuffer>;!of %(_)Uint16Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)n;?,_?)Uint16Array<ArrayBuffer>/(_)Uint16Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)n;,_?)Uint16Array<ArrayBuffer>;!from
Uint32Array<ArrayBufferLike=ArrayBufferLike>	&&Int8Array
Uint32ArrayConstructor	Uint32Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +()Uint32Array<ArrayBuffer>/(_)Uint32Array<ArrayBuffer>/(n)Uint32Array<ArrayBuffer>/(_)Uint32Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)Uint32Array<$0>/(_,n?,n?)Uint32Array<ArrayBuffer>/(_)Uint32Array<ArrayBuffer>;:new %(._)Uint32Array<ArrayBuffer>;!of %(_)Uint32Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)n;?,_?)Uint32Array<ArrayBuffer>/(_)Uint32Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)n;,_?)Uint32Array<ArrayBuffer>;!from
Uint32List=|(Uint32Array<ArrayBufferLike>,*n)
Uint8Array<ArrayBufferLike=ArrayBufferLike>	&&Int8Array
Uint8ArrayConstructor	Uint8Array<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +()Uint8Array<ArrayBuffer>/(_)Uint8Array<ArrayBuffer>/(n)Uint8Array<ArrayBuffer>/(_)Uint8Array<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)Uint8Array<$0>/(_,n?,n?)Uint8Array<ArrayBuffer>/(_)Uint8Array<ArrayBuffer>;:new %(._)Uint8Array<ArrayBuffer>;!of %(_)Uint8Array<ArrayBuffer>/<>(Iterable<$0>,%($0,n)n;?,_?)Uint8Array<ArrayBuffer>/(_)Uint8Array<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)n;,_?)Uint8Array<ArrayBuffer>;!from
Uint8ClampedArray<ArrayBufferLike=ArrayBufferLike>	&&Int8Array
Uint8ClampedArrayConstructor	Uint8ClampedArray<ArrayBufferLike>:prototype n:BYTES_PER_ELEMENT +()Uint8ClampedArray<ArrayBuffer>/(_)Uint8ClampedArray<ArrayBuffer>/(n)Uint8ClampedArray<ArrayBuffer>/(_)Uint8ClampedArray<ArrayBuffer>/<ArrayBufferLike=ArrayBuffer>($0,n?,n?)Uint8ClampedArray<$0>/(_,n?,n?)Uint8ClampedArray<ArrayBuffer>/(_)Uint8ClampedArray<ArrayBuffer>;:new %(._)Uint8ClampedArray<ArrayBuffer>;!of %(_)Uint8ClampedArray<ArrayBuffer>/<>(Iterable<$0>,%($0,n)n;?,_?)Uint8ClampedArray<ArrayBuffer>/(_)Uint8ClampedArray<ArrayBuffer>/<>(ArrayLike<$0>,%($0,n)n;,_?)Uint8ClampedArray<ArrayBuffer>;!from
Uncapitalize<s>=
UnderlyingDefaultSource<=_>	UnderlyingSourceCancelCallback:cancel %(ReadableStreamDefaultController<0>)PromiseLike<u>;:pull %(ReadableStreamDefaultController<0>)_;:start u:type
UnderlyingSink<=_>	UnderlyingSinkAbortCallback:abort UnderlyingSinkCloseCallback:close UnderlyingSinkStartCallback:start u:type UnderlyingSinkWriteCallback<0>:write
UnderlyingSinkWriteCallback<>	%(0,_)PromiseLike<u>;:()
UnderlyingSource<=_>-	UnderlyingSourceCancelCallback:cancel UnderlyingSourcePullCallback<0>:pull UnderlyingSourceStartCallback<0>:start
UnderlyingSourcePullCallback<>	%(ReadableStreamController<0>)PromiseLike<u>;:()
UnderlyingSourceStartCallback<>	%(ReadableStreamController<0>)_;:()
Uppercase<s>=
VTTCue:TextTrackCue-	%()DocumentFragment;!getCueAsHTML !TextTrackCueEventMap
WeakKey=|(_,y)
WeakKeyTypes	_:object y:symbol
WeakMap<WeakKey,>	s:[toStringTag] %(0)b;!delete,has %(0)1;!get %(0,1)@;!set
WeakMapConstructor	WeakMap<WeakKey,_>:prototype +<WeakKey,>(Iterable<[$0,$1]>)WeakMap<$0,$1>/<WeakKey=WeakKey,=_>(ReadonlyArray<[$0,$1]>?)WeakMap<$0,$1>;:new
WeakRef<WeakKey>	s:[toStringTag] %()0;!deref
WeakRefConstructor	WeakRef<_>:prototype +<WeakKey>($0)WeakRef<$0>;:new
WeakSet<WeakKey>	s:[toStringTag] %(0)@;!add %(0)b;!delete,has
WeakSetConstructor	WeakSet<WeakKey>:prototype +<WeakKey=WeakKey>(Iterable<$0>)WeakSet<$0>/<WeakKey=WeakKey>(ReadonlyArray<$0>?)WeakSet<$0>;:new
WebAssembly.ExportValue=|(Function,WebAssembly.Global,WebAssembly.Memory,WebAssembly.Table)
WebAssembly.Exports=Record<s,WebAssembly.ExportValue>
WebAssembly.GlobalDescriptor<=_>-	0:value
WebAssembly.ImportValue=|(WebAssembly.ExportValue,n)
WebAssembly.Imports=Record<s,WebAssembly.ModuleImports>
WebAssembly.ModuleImports=Record<s,WebAssembly.ImportValue>
WebKitCSSMatrix=DOMMatrix
WebTransport-	Promise<_>:closed ReadableStream:incomingBidirectionalStreams,incomingUnidirectionalStreams Promise<u>:ready %(_?)Promise<_>;!createBidirectionalStream %(_?)Promise<WritableStream>;!createUnidirectionalStream
Window:EventTarget,AnimationFrameProvider,GlobalEventHandlers,WindowEventHandlers,WindowOrWorkerGlobalScope-	Navigator:clientInformation,navigator CookieStore:cookieStore CustomElementRegistry:customElements Document:document Event:event External:external Element:frameElement WindowProxy:frames,parent,top History:history Location:location &(&,globalThis):self,window SpeechSynthesis:speechSynthesis VisualViewport:visualViewport &:[] %(_,_?)CSSStyleDeclaration;!getComputedStyle %()Selection;!getSelection %(s)MediaQueryList;!matchMedia %(_?,s?,s?)WindowProxy;!open %(IdleRequestCallback,_?)n;!requestIdleCallback !WindowEventMap
WindowOrWorkerGlobalScope-	CacheStorage:caches Crypto:crypto IDBFactory:indexedDB Performance:performance %(_,_?)Promise<ImageBitmap>/(_,n,n,n,n,_?)Promise<ImageBitmap>;!createImageBitmap %(_,_?)Promise<Response>;!fetch %(VoidFunction)u;!queueMicrotask %<=_>($0,_?)$0;!structuredClone
WindowProxy=Window
WritableStream<=_>-	%(_?)Promise<u>;!abort %()Promise<u>;!close %()WritableStreamDefaultWriter<0>;!getWriter
WritableStreamDefaultWriter<=_>-	Promise<u>:closed,ready %(_?)Promise<u>;!abort %()Promise<u>;!close %(0?)Promise<u>;!write
XMLDocument:Document	!DocumentEventMap
XMLHttpRequest:XMLHttpRequestEventTarget-	Document:responseXML XMLHttpRequestUpload:upload !XMLHttpRequestEventMap
XMLHttpRequestBodyInit=|(Blob,BufferSource,FormData,URLSearchParams,s)
XPathNSResolver=|(%(_)s;,{%(_)s;!lookupNamespaceURI})
typeof.AnimationPlaybackEvent	AnimationPlaybackEvent:prototype +(s,_?)AnimationPlaybackEvent;:new
typeof.Audio	+(s?)HTMLAudioElement;:new
typeof.AudioContext	AudioContext:prototype +(_?)AudioContext;:new
typeof.AudioProcessingEvent	AudioProcessingEvent:prototype +(s,_)AudioProcessingEvent;:new
typeof.Blob	Blob:prototype +(_?,_?)Blob;:new
typeof.BlobEvent	BlobEvent:prototype +(s,_)BlobEvent;:new
typeof.ByteLengthQueuingStrategy	ByteLengthQueuingStrategy:prototype +(_)ByteLengthQueuingStrategy;:new
typeof.CSSStyleSheet	CSSStyleSheet:prototype +(_?)CSSStyleSheet;:new
typeof.ClipboardEvent	ClipboardEvent:prototype +(s,_?)ClipboardEvent;:new
typeof.ClipboardItem-	ClipboardItem:prototype +(_,_?)ClipboardItem;:new
typeof.CookieChangeEvent	CookieChangeEvent:prototype +(s,_?)CookieChangeEvent;:new
typeof.CountQueuingStrategy	CountQueuingStrategy:prototype +(_)CountQueuingStrategy;:new
typeof.CustomEvent	CustomEvent:prototype +<>(s,CustomEventInit<$0>?)CustomEvent<$0>;:new
typeof.Document	Document:prototype +()Document;:new %(s)Document;!parseHTMLUnsafe
typeof.DragEvent	DragEvent:prototype +(s,_?)DragEvent;:new
typeof.Event-	Event:prototype +(s,_?)Event;:new
typeof.EventSource-	EventSource:prototype +(_,_?)EventSource;:new
typeof.FocusEvent	FocusEvent:prototype +(s,_?)FocusEvent;:new
typeof.FontFaceSetLoadEvent	FontFaceSetLoadEvent:prototype +(s,_?)FontFaceSetLoadEvent;:new
typeof.FormData	FormData:prototype +(_?,_?)FormData;:new
typeof.FormDataEvent	FormDataEvent:prototype +(s,_)FormDataEvent;:new
typeof.HTMLMediaElement-	HTMLMediaElement:prototype +()HTMLMediaElement;:new
typeof.HTMLScriptElement-	HTMLScriptElement:prototype +()HTMLScriptElement;:new
typeof.HTMLTrackElement-	HTMLTrackElement:prototype +()HTMLTrackElement;:new
typeof.Headers	Headers:prototype +(_?)Headers;:new
typeof.Image	+(n?,n?)HTMLImageElement;:new
typeof.ImageCapture	ImageCapture:prototype +(_)ImageCapture;:new
typeof.InputEvent	InputEvent:prototype +(s,_?)InputEvent;:new
typeof.IntersectionObserver	IntersectionObserver:prototype +(IntersectionObserverCallback,_?)IntersectionObserver;:new
typeof.KeyframeEffect	KeyframeEffect:prototype +(_,_,_?)KeyframeEffect/(_)KeyframeEffect;:new
typeof.MIDIConnectionEvent	MIDIConnectionEvent:prototype +(s,_?)MIDIConnectionEvent;:new
typeof.MIDIMessageEvent	MIDIMessageEvent:prototype +(s,_?)MIDIMessageEvent;:new
typeof.MediaElementAudioSourceNode	MediaElementAudioSourceNode:prototype +(_,_)MediaElementAudioSourceNode;:new
typeof.MediaEncryptedEvent	MediaEncryptedEvent:prototype +(s,_?)MediaEncryptedEvent;:new
typeof.MediaKeyMessageEvent	MediaKeyMessageEvent:prototype +(s,_)MediaKeyMessageEvent;:new
typeof.MediaStreamTrackEvent	MediaStreamTrackEvent:prototype +(s,_)MediaStreamTrackEvent;:new
typeof.MessageEvent	MessageEvent:prototype +<>(s,MessageEventInit<$0>?)MessageEvent<$0>;:new
typeof.MouseEvent	MouseEvent:prototype +(s,_?)MouseEvent;:new
typeof.Node-	Node:prototype +()Node;:new
typeof.OfflineAudioCompletionEvent	OfflineAudioCompletionEvent:prototype +(s,_)OfflineAudioCompletionEvent;:new
typeof.OffscreenCanvas	OffscreenCanvas:prototype +(n,n)OffscreenCanvas;:new
typeof.Option	+(s?,s?,b?,b?)HTMLOptionElement;:new
typeof.PageRevealEvent	PageRevealEvent:prototype +(s,_?)PageRevealEvent;:new
typeof.PageSwapEvent	PageSwapEvent:prototype +(s,_?)PageSwapEvent;:new
typeof.PictureInPictureEvent	PictureInPictureEvent:prototype +(s,_)PictureInPictureEvent;:new
typeof.PointerEvent	PointerEvent:prototype +(s,_?)PointerEvent;:new
typeof.ProgressEvent	ProgressEvent:prototype +(s,_?)ProgressEvent;:new
typeof.PromiseRejectionEvent	PromiseRejectionEvent:prototype +(s,_)PromiseRejectionEvent;:new
typeof.Range-	Range:prototype +()Range;:new
typeof.ReadableStream	ReadableStream:prototype +(_,_?)ReadableStream<Uint8Array<ArrayBuffer>>/<=_>(UnderlyingDefaultSource<$0>,QueuingStrategy<$0>?)ReadableStream<$0>/<=_>(UnderlyingSource<$0>?,QueuingStrategy<$0>?)ReadableStream<$0>;:new
typeof.ReadableStreamBYOBReader	ReadableStreamBYOBReader:prototype +(_)ReadableStreamBYOBReader;:new
typeof.ReadableStreamDefaultReader	ReadableStreamDefaultReader:prototype +<=_>(ReadableStream<$0>)ReadableStreamDefaultReader<$0>;:new
typeof.Request	Request:prototype +(_,_?)Request;:new
typeof.Response	Response:prototype +(_?,_?)Response;:new %()Response;!error %(_,_?)Response;!json %(_,n?)Response;!redirect
typeof.SpeechSynthesisEvent	SpeechSynthesisEvent:prototype +(s,_)SpeechSynthesisEvent;:new
typeof.StorageEvent	StorageEvent:prototype +(s,_?)StorageEvent;:new
typeof.SubmitEvent	SubmitEvent:prototype +(s,_?)SubmitEvent;:new
typeof.Text	Text:prototype +(s?)Text;:new
typeof.TouchEvent	TouchEvent:prototype +(s,_?)TouchEvent;:new
typeof.TrackEvent	TrackEvent:prototype +(s,_?)TrackEvent;:new
typeof.TransformStream	TransformStream:prototype +<=_,=_>(Transformer<$0,$1>?,QueuingStrategy<$0>?,QueuingStrategy<$1>?)TransformStream<$0,$1>;:new
typeof.UIEvent	UIEvent:prototype +(s,_?)UIEvent;:new
typeof.URL-	URL:prototype +(_,_?)URL;:new %(_,_?)URL;!parse
typeof.URLSearchParams	URLSearchParams:prototype +(_?)URLSearchParams;:new
typeof.VTTCue	VTTCue:prototype +(n,n,s)VTTCue;:new
typeof.WebTransport	WebTransport:prototype +(_,_?)WebTransport;:new
typeof.WritableStream	WritableStream:prototype +<=_>(UnderlyingSink<$0>?,QueuingStrategy<$0>?)WritableStream<$0>;:new
typeof.WritableStreamDefaultWriter	WritableStreamDefaultWriter:prototype +<=_>(WritableStream<$0>)WritableStreamDefaultWriter<$0>;:new
typeof.XMLHttpRequest-	XMLHttpRequest:prototype +()XMLHttpRequest;:new
webkitURL=URL

n:NaN,Infinity,devicePixelRatio,innerHeight,innerWidth,length,orientation,outerHeight,outerWidth,pageXOffset,pageYOffset,screenLeft,screenTop,screenX,screenY,scrollX,scrollY %(s)_;!eval %(s,n?)n;!parseInt %(s)n;!parseFloat %(n)b;!isNaN,isFinite %(s)s;!decodeURI,decodeURIComponent,encodeURI,escape,unescape,atob,btoa %(_)s;!encodeURIComponent ObjectConstructor:Object FunctionConstructor:Function StringConstructor:String BooleanConstructor:Boolean NumberConstructor:Number Math:Math DateConstructor:Date RegExpConstructor:RegExp ErrorConstructor:Error EvalErrorConstructor:EvalError RangeErrorConstructor:RangeError ReferenceErrorConstructor:ReferenceError SyntaxErrorConstructor:SyntaxError TypeErrorConstructor:TypeError URIErrorConstructor:URIError JSON:JSON ArrayConstructor:Array ArrayBufferConstructor:ArrayBuffer DataViewConstructor:DataView Int8ArrayConstructor:Int8Array Uint8ArrayConstructor:Uint8Array Uint8ClampedArrayConstructor:Uint8ClampedArray Int16ArrayConstructor:Int16Array Uint16ArrayConstructor:Uint16Array Int32ArrayConstructor:Int32Array Uint32ArrayConstructor:Uint32Array Float32ArrayConstructor:Float32Array Float64ArrayConstructor:Float64Array {Intl.CollatorConstructor:Collator;Intl.NumberFormatConstructor:NumberFormat;Intl.DateTimeFormatConstructor:DateTimeFormat;%(_?)*s;!getCanonicalLocales;Intl.PluralRulesConstructor:PluralRules;{+(_?,_?)Intl.RelativeTimeFormat;:new;%(_?,_?)*Intl.UnicodeBCP47LocaleIdentifier;!supportedLocalesOf}:RelativeTimeFormat;{+(_,_?)Intl.Locale;:new}:Locale;{Intl.DisplayNames:prototype;+(_,_)Intl.DisplayNames;:new;%(_?,_?)*Intl.UnicodeBCP47LocaleIdentifier;!supportedLocalesOf}:DisplayNames;{Intl.ListFormat:prototype;+(_?,_?)Intl.ListFormat;:new;%(_,Pick<Intl.ListFormatOptions,"localeMatcher">?)*Intl.UnicodeBCP47LocaleIdentifier;!supportedLocalesOf}:ListFormat;{Intl.Segmenter:prototype;+(_?,_?)Intl.Segmenter;:new;%(_,Pick<Intl.SegmenterOptions,"localeMatcher">?)*Intl.UnicodeBCP47LocaleIdentifier;!supportedLocalesOf}:Segmenter;%(s)*s;!supportedValuesOf}:Intl typeof.DOMMatrix:SVGMatrix,WebKitCSSMatrix typeof.DOMPoint:SVGPoint typeof.DOMRect:SVGRect typeof.URL:webkitURL {HighlightRegistry:highlights;%(n)CSSUnitValue;!Hz,Q,cap,ch,cm,cqb,cqh,cqi,cqmax,cqmin,cqw,deg,dpcm,dpi,dppx,dvb,dvh,dvi,dvmax,dvmin,dvw,em,ex,fr,grad,ic,kHz,lh,lvb,lvh,lvi,lvmax,lvmin,lvw,mm,ms,number,pc,percent,pt,px,rad,rcap,rch,rem,rex,ric,rlh,s,svb,svh,svi,svmax,svmin,svw,turn,vb,vh,vi,vmax,vmin,vw;%(s)s;!escape;%(_)u;!registerProperty;%(s,s)b/(s)b;!supports}:CSS {{WebAssembly.CompileError:prototype;+(s?)WebAssembly.CompileError;:new;%(s?)WebAssembly.CompileError;:()}:CompileError;{WebAssembly.Global:prototype;+<=_>(WebAssembly.GlobalDescriptor<$0>,_?)WebAssembly.Global<$0>;:new}:Global;{_:prototype;+(_,_?)_;:new}:Instance;{WebAssembly.LinkError:prototype;+(s?)WebAssembly.LinkError;:new;%(s?)WebAssembly.LinkError;:()}:LinkError;{WebAssembly.Memory:prototype;+(_)WebAssembly.Memory;:new}:Memory;{_:prototype;+(_)_;:new;%(_,s)*ArrayBuffer;!customSections;%(_)*_;!exports,imports}:Module;{WebAssembly.RuntimeError:prototype;+(s?)WebAssembly.RuntimeError;:new;%(s?)WebAssembly.RuntimeError;:()}:RuntimeError;{WebAssembly.Table:prototype;+(_,_?)WebAssembly.Table;:new}:Table;%(_)Promise<_>;!compile,compileStreaming;%(_,_?)Promise<_>/(_,_?)Promise<_>;!instantiate;%(_,_?)Promise<_>;!instantiateStreaming;%(_)b;!validate}:WebAssembly Console:console Navigator:clientInformation,navigator b:closed,originAgentCluster,crossOriginIsolated,isSecureContext CookieStore:cookieStore CustomElementRegistry:customElements Document:document Event:event External:external Element:frameElement WindowProxy:frames,parent,top History:history Location:location _:locationbar,menubar,opener,personalbar,screen,scrollbars,statusbar,toolbar u:name %(_)_;:ondevicemotion,ondeviceorientation,ondeviceorientationabsolute,onorientationchange,onabort,onanimationcancel,onanimationend,onanimationiteration,onanimationstart,onauxclick,onbeforeinput,onbeforematch,onbeforetoggle,onblur,oncancel,oncanplay,oncanplaythrough,onchange,onclick,onclose,oncontextlost,oncontextmenu,oncontextrestored,oncopy,oncuechange,oncut,ondblclick,ondrag,ondragend,ondragenter,ondragleave,ondragover,ondragstart,ondrop,ondurationchange,onemptied,onended,onfocus,onformdata,ongotpointercapture,oninput,oninvalid,onkeydown,onkeypress,onkeyup,onload,onloadeddata,onloadedmetadata,onloadstart,onlostpointercapture,onmousedown,onmouseenter,onmouseleave,onmousemove,onmouseout,onmouseover,onmouseup,onpaste,onpause,onplay,onplaying,onpointercancel,onpointerdown,onpointerenter,onpointerleave,onpointermove,onpointerout,onpointerover,onpointerrawupdate,onpointerup,onprogress,onratechange,onreset,onresize,onscroll,onscrollend,onsecuritypolicyviolation,onseeked,onseeking,onselect,onselectionchange,onselectstart,onslotchange,onstalled,onsubmit,onsuspend,ontimeupdate,ontoggle,ontouchcancel,ontouchend,ontouchmove,ontouchstart,ontransitioncancel,ontransitionend,ontransitionrun,ontransitionstart,onvolumechange,onwaiting,onwebkitanimationend,onwebkitanimationiteration,onwebkitanimationstart,onwebkittransitionend,onwheel,onafterprint,onbeforeprint,onbeforeunload,ongamepadconnected,ongamepaddisconnected,onhashchange,onlanguagechange,onmessage,onmessageerror,onoffline,ononline,onpagehide,onpagereveal,onpageshow,onpageswap,onpopstate,onrejectionhandled,onstorage,onunhandledrejection,onunload &(Window,globalThis):self,window SpeechSynthesis:speechSynthesis s:status,origin VisualViewport:visualViewport %(_?)u;!alert %()u;!blur,captureEvents,close,focus,print,releaseEvents,stop %(n)u;!cancelIdleCallback,cancelAnimationFrame %(s?)b;!confirm %(_,_?)CSSStyleDeclaration;!getComputedStyle %()Selection;!getSelection %(s)MediaQueryList;!matchMedia %(n,n)u;!moveBy,moveTo,resizeBy,resizeTo %(_?,s?,s?)WindowProxy;!open %(_,s,_?)u/(_,_?)u;!postMessage %(s?,s?)s;!prompt %(IdleRequestCallback,_?)n;!requestIdleCallback %(_?)u/(n,n)u;!scroll,scrollBy,scrollTo %()s;!toString %(_)b;!dispatchEvent %(FrameRequestCallback)n;!requestAnimationFrame OnErrorEventHandler:onerror Storage:localStorage,sessionStorage CacheStorage:caches Crypto:crypto IDBFactory:indexedDB Performance:performance %(_)u;!clearInterval,clearTimeout,reportError %(_,_?)Promise<ImageBitmap>/(_,n,n,n,n,_?)Promise<ImageBitmap>;!createImageBitmap %(_,_?)Promise<Response>;!fetch %(VoidFunction)u;!queueMicrotask %(_,n?,._)n;!setInterval,setTimeout %<=_>($0,_?)$0;!structuredClone %<^WindowEventMap>($0,%(#(WindowEventMap,$0))_;,_?)u/(s,EventListenerOrEventListenerObject,_?)u;!addEventListener,removeEventListener MapConstructor:Map WeakMapConstructor:WeakMap SetConstructor:Set WeakSetConstructor:WeakSet PromiseConstructor:Promise ProxyConstructor:Proxy {%<,ReadonlyArray<_>,>(%(.$1)$2;,$0,Readonly<$1>)$2/(_,_,_)_;!apply;%<ReadonlyArray<_>,>(+(.$0)$1;,Readonly<$0>,+(._)_;?)$1/(_,_,_?)_;!construct;%(_,_,_)b;!defineProperty;%(_,_)b;!deleteProperty,has,setPrototypeOf;%<,PropertyKey>($0,$1,_?)-;!get;%<,PropertyKey>($0,$1)TypedPropertyDescriptor<->;!getOwnPropertyDescriptor;%(_)_;!getPrototypeOf;%(_)b;!isExtensible,preventExtensions;%(_)*|(s,y);!ownKeys;%<,PropertyKey>($0,$1,-,_?)b/(_,_,_,_?)b;!set}:Reflect SymbolConstructor:Symbol SharedArrayBufferConstructor:SharedArrayBuffer Atomics:Atomics BigIntConstructor:BigInt BigInt64ArrayConstructor:BigInt64Array BigUint64ArrayConstructor:BigUint64Array AggregateErrorConstructor:AggregateError WeakRefConstructor:WeakRef FinalizationRegistryConstructor:FinalizationRegistry SuppressedErrorConstructor:SuppressedError DisposableStackConstructor:DisposableStack AsyncDisposableStackConstructor:AsyncDisposableStack IteratorConstructor:Iterator Float16ArrayConstructor:Float16Array globalThis:globalThis

AbortController,AbstractRange,AnimationEffect,AnimationTimeline,Attr,AudioDestinationNode,AudioListener,AudioNode,AudioParam,AudioParamMap,AudioScheduledSourceNode,AudioWorklet,AuthenticatorAssertionResponse,AuthenticatorAttestationResponse,AuthenticatorResponse,BarProp,BaseAudioContext,BeforeUnloadEvent,CDATASection,CSPViolationReportBody,CSSAnimation,CSSConditionRule,CSSContainerRule,CSSCounterStyleRule,CSSFontFaceRule,CSSFontFeatureValuesRule,CSSFontPaletteValuesRule,CSSGroupingRule,CSSImageValue,CSSImportRule,CSSKeyframeRule,CSSKeyframesRule,CSSLayerBlockRule,CSSLayerStatementRule,CSSMathValue,CSSMediaRule,CSSNamespaceRule,CSSNestedDeclarations,CSSNumericArray,CSSPageRule,CSSPropertyRule,CSSRuleList,CSSScopeRule,CSSStartingStyleRule,CSSStyleDeclaration,CSSStyleRule,CSSSupportsRule,CSSTransformComponent,CSSTransition,CSSViewTransitionRule,Cache,CacheStorage,CanvasCaptureMediaStreamTrack,CanvasGradient,CanvasPattern,CanvasRenderingContext2D,CaretPosition,CharacterData,Clipboard,CookieStore,CookieStoreManager,Credential,CredentialsContainer,Crypto,CryptoKey,CustomElementRegistry,CustomStateSet,DOMImplementation,DOMParser,DOMRectList,DOMStringList,DOMStringMap,DOMTokenList,DataTransfer,DataTransferItem,DataTransferItemList,DocumentFragment,DocumentType,Element,ElementInternals,EventCounts,EventTarget,External,FileList,FileSystem,FileSystemDirectoryEntry,FileSystemDirectoryHandle,FileSystemDirectoryReader,FileSystemEntry,FileSystemFileEntry,FileSystemFileHandle,FileSystemHandle,FileSystemWritableFileStream,FontFaceSet,FragmentDirective,Gamepad,GamepadButton,GamepadHapticActuator,Geolocation,GeolocationCoordinates,GeolocationPosition,HTMLAllCollection,HTMLAnchorElement,HTMLAreaElement,HTMLAudioElement,HTMLBRElement,HTMLBaseElement,HTMLBodyElement,HTMLButtonElement,HTMLCanvasElement,HTMLCollection,HTMLDListElement,HTMLDataElement,HTMLDataListElement,HTMLDetailsElement,HTMLDialogElement,HTMLDirectoryElement,HTMLDivElement,HTMLDocument,HTMLElement,HTMLEmbedElement,HTMLFieldSetElement,HTMLFontElement,HTMLFormControlsCollection,HTMLFormElement,HTMLFrameElement,HTMLFrameSetElement,HTMLHRElement,HTMLHeadElement,HTMLHeadingElement,HTMLHtmlElement,HTMLIFrameElement,HTMLImageElement,HTMLInputElement,HTMLLIElement,HTMLLabelElement,HTMLLegendElement,HTMLLinkElement,HTMLMapElement,HTMLMarqueeElement,HTMLMenuElement,HTMLMetaElement,HTMLMeterElement,HTMLModElement,HTMLOListElement,HTMLObjectElement,HTMLOptGroupElement,HTMLOptionElement,HTMLOptionsCollection,HTMLOutputElement,HTMLParagraphElement,HTMLParamElement,HTMLPictureElement,HTMLPreElement,HTMLProgressElement,HTMLQuoteElement,HTMLSelectElement,HTMLSlotElement,HTMLSourceElement,HTMLSpanElement,HTMLStyleElement,HTMLTableCaptionElement,HTMLTableCellElement,HTMLTableColElement,HTMLTableElement,HTMLTableRowElement,HTMLTableSectionElement,HTMLTemplateElement,HTMLTextAreaElement,HTMLTimeElement,HTMLTitleElement,HTMLUListElement,HTMLUnknownElement,HTMLVideoElement,HighlightRegistry,History,IDBCursor,IDBCursorWithValue,IDBDatabase,IDBFactory,IDBIndex,IDBObjectStore,IDBOpenDBRequest,IDBRequest,IDBTransaction,IdleDeadline,ImageBitmap,ImageBitmapRenderingContext,ImageTrack,ImageTrackList,InputDeviceInfo,IntersectionObserverEntry,LargestContentfulPaint,Location,Lock,LockManager,MIDIAccess,MIDIInput,MIDIInputMap,MIDIOutput,MIDIOutputMap,MIDIPort,MathMLElement,MediaCapabilities,MediaDeviceInfo,MediaDevices,MediaKeySession,MediaKeyStatusMap,MediaKeySystemAccess,MediaKeys,MediaList,MediaQueryList,MediaSession,MediaSourceHandle,MediaStreamTrack,MessageChannel,MessagePort,MimeType,MimeTypeArray,MutationRecord,NamedNodeMap,NavigationActivation,NavigationHistoryEntry,NavigationPreloadManager,Navigator,NavigatorLogin,NodeIterator,NodeList,OffscreenCanvasRenderingContext2D,PaymentAddress,PaymentResponse,Performance,PerformanceEntry,PerformanceEventTiming,PerformanceMeasure,PerformanceNavigationTiming,PerformanceObserverEntryList,PerformancePaintTiming,PerformanceResourceTiming,PerformanceServerTiming,PerformanceTiming,PermissionStatus,Permissions,PictureInPictureWindow,Plugin,PluginArray,ProcessingInstruction,PushSubscription,PushSubscriptionOptions,RTCCertificate,RTCDTMFSender,RTCDataChannel,RTCDtlsTransport,RTCEncodedAudioFrame,RTCEncodedVideoFrame,RTCIceTransport,RTCRtpTransceiver,RTCSctpTransport,RTCStatsReport,RadioNodeList,ReadableByteStreamController,ReadableStreamBYOBRequest,ReadableStreamDefaultController,RemotePlayback,Report,ReportBody,ResizeObserverEntry,ResizeObserverSize,SVGAElement,SVGAnimateElement,SVGAnimateMotionElement,SVGAnimateTransformElement,SVGAnimatedAngle,SVGAnimatedBoolean,SVGAnimatedEnumeration,SVGAnimatedInteger,SVGAnimatedLength,SVGAnimatedLengthList,SVGAnimatedNumber,SVGAnimatedNumberList,SVGAnimatedPreserveAspectRatio,SVGAnimatedRect,SVGAnimatedString,SVGAnimatedTransformList,SVGAnimationElement,SVGCircleElement,SVGClipPathElement,SVGDefsElement,SVGDescElement,SVGElement,SVGEllipseElement,SVGFEComponentTransferElement,SVGFEDiffuseLightingElement,SVGFEDistantLightElement,SVGFEDropShadowElement,SVGFEFloodElement,SVGFEFuncAElement,SVGFEFuncBElement,SVGFEFuncGElement,SVGFEFuncRElement,SVGFEGaussianBlurElement,SVGFEImageElement,SVGFEMergeElement,SVGFEMergeNodeElement,SVGFEOffsetElement,SVGFEPointLightElement,SVGFESpecularLightingElement,SVGFESpotLightElement,SVGFETileElement,SVGFilterElement,SVGForeignObjectElement,SVGGElement,SVGGeometryElement,SVGGraphicsElement,SVGImageElement,SVGLengthList,SVGLineElement,SVGLinearGradientElement,SVGMPathElement,SVGMaskElement,SVGMetadataElement,SVGNumber,SVGNumberList,SVGPathElement,SVGPatternElement,SVGPointList,SVGPolygonElement,SVGPolylineElement,SVGRadialGradientElement,SVGRectElement,SVGSVGElement,SVGScriptElement,SVGSetElement,SVGStopElement,SVGStringList,SVGStyleElement,SVGSwitchElement,SVGSymbolElement,SVGTSpanElement,SVGTextElement,SVGTextPositioningElement,SVGTitleElement,SVGTransformList,SVGUseElement,SVGViewElement,Screen,ScreenOrientation,ScriptProcessorNode,Selection,ServiceWorker,ServiceWorkerContainer,ServiceWorkerRegistration,ShadowRoot,SourceBuffer,SourceBufferList,SpeechRecognitionAlternative,SpeechRecognitionResult,SpeechRecognitionResultList,SpeechSynthesis,SpeechSynthesisVoice,Storage,StorageManager,StylePropertyMap,StylePropertyMapReadOnly,StyleSheet,StyleSheetList,SubtleCrypto,TextEncoder,TextEncoderStream,TextEvent,TextMetrics,TextTrack,TextTrackCue,TextTrackCueList,TextTrackList,TimeRanges,TouchList,TransformStreamDefaultController,TreeWalker,UserActivation,VTTRegion,ValidityState,VideoPlaybackQuality,ViewTransition,ViewTransitionTypeSet,VisualViewport,WakeLock,WakeLockSentinel,WebGLActiveInfo,WebGLBuffer,WebGLFramebuffer,WebGLProgram,WebGLQuery,WebGLRenderbuffer,WebGLSampler,WebGLShader,WebGLShaderPrecisionFormat,WebGLSync,WebGLTexture,WebGLTransformFeedback,WebGLUniformLocation,WebGLVertexArrayObject,WebTransportBidirectionalStream,WebTransportDatagramDuplexStream,Window,Worklet,WritableStreamDefaultController,XMLDocument,XMLHttpRequestEventTarget,XMLHttpRequestUpload,XMLSerializer,XPathEvaluator,XPathExpression,XSLTProcessor
`
