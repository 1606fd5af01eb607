import type { ServerKind } from "./ldap/probe-server.ts";
import { defaultMappings, type Mapping } from "./person/default-mapping.ts";

/** Which attributes fill which fields where nothing else is chosen, by kind of server. */
export const defaultAttributes = (kind: ServerKind): Mapping => defaultMappings[kind];
