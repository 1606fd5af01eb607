import { Elements, element, enumerated, integer, octets, sequence, setOf } from "./ber.ts";
import type { Values } from "./directory-tree.ts";

/** Result codes that this server gives (RFC 4511 appendix A). */
export const codes = {
  success: 0,
  operationsError: 1,
  protocolError: 2,
  sizeLimitExceeded: 4,
  authMethodNotSupported: 7,
  unavailableCriticalExtension: 12,
  noSuchObject: 32,
  invalidDnSyntax: 34,
  invalidCredentials: 49,
  unwillingToPerform: 53,
} as const;

export const pagedResults = "1.2.840.113556.1.4.319";
export const startTls = "1.3.6.1.4.1.1466.20037";
export const whoAmI = "1.3.6.1.4.1.4203.1.11.3";

export const operations = {
  bindRequest: 0x60,
  bindResponse: 0x61,
  unbindRequest: 0x42,
  searchRequest: 0x63,
  searchEntry: 0x64,
  searchDone: 0x65,
  searchReference: 0x73,
  abandonRequest: 0x50,
  extendedRequest: 0x77,
  extendedResponse: 0x78,
} as const;

export type Control = { oid: string; critical: boolean; value: Buffer };
export type Request = { id: number; operation: number; body: Buffer; controls: Control[] };

export function readRequest(frame: Buffer): Request {
  const message = new Elements(new Elements(frame).next().body);
  const id = message.integer();
  const { tag: operation, body } = message.next();
  const controls: Control[] = [];
  if (!message.isOver) {
    const list = new Elements(message.next().body);
    while (!list.isOver) controls.push(readControl(new Elements(list.next().body)));
  }
  return { id, operation, body, controls };
}

function readControl(parts: Elements): Control {
  const control: Control = { oid: parts.text(), critical: false, value: Buffer.alloc(0) };
  while (!parts.isOver) {
    const { tag, body } = parts.next();
    if (tag === 0x01) control.critical = body[0] !== 0;
    else control.value = body;
  }
  return control;
}

export type PageWish = { size: number; cookie: string };

export function readPageWish({ value }: Control): PageWish {
  const parts = new Elements(new Elements(value).next().body);
  return { size: parts.integer(), cookie: parts.text() };
}

/** The cookie of the next page; empty: that was the last. */
export const pageAnswer = (cookie: string): Buffer =>
  element(0xa0, sequence(octets(pagedResults), octets(sequence(integer(0), octets(cookie)))));

const message = (id: number, operation: Buffer, controls: Buffer = Buffer.alloc(0)): Buffer =>
  sequence(integer(id), operation, controls);

export function result(id: number, operation: number, code: number, text = "", controls?: Buffer): Buffer {
  return message(id, element(operation, enumerated(code), octets(""), octets(text)), controls);
}

export const extendedResult = (id: number, code: number, oid: string, value?: string): Buffer =>
  message(
    id,
    element(
      operations.extendedResponse,
      enumerated(code),
      octets(""),
      octets(""),
      octets(oid, 0x8a),
      value === undefined ? Buffer.alloc(0) : octets(value, 0x8b),
    ),
  );

export function searchEntry(id: number, dn: string, attributes: Iterable<readonly [string, Values]>): Buffer {
  const listed = [...attributes].map(([name, values]) =>
    sequence(octets(name), setOf(...values.map((value) => octets(value)))),
  );
  return message(id, element(operations.searchEntry, octets(dn), sequence(...listed)));
}

export const searchReference = (id: number, ...urls: string[]): Buffer =>
  message(id, element(operations.searchReference, ...urls.map((url) => octets(url))));
