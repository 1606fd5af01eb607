import { Fact, Facts } from "#app/_components/facts.tsx";
import { Section } from "#app/_components/section.tsx";
import type { Drill } from "#lib/directory/find-drill.ts";

/** What is entered on the page of the connection, by its labels there. */
export const SampleAddress = ({ address }: { address: Drill["address"] }) => (
  <Section title="How to connect with it">
    <Facts>
      <Fact name="Host Name">{address.host}</Fact>
      <Fact name="Server Port">
        {address.ports.ldaps} with LDAPS, {address.ports.startTls} with StartTLS
      </Fact>
      <Fact name="Base DN">{address.baseDn}</Fact>
      <Fact name="User ID">{address.bindDn}</Fact>
      <Fact name="Password">
        <code className="break-all">{address.password}</code>
      </Fact>
      <Fact name="CA certificate">
        <textarea
          readOnly
          rows={4}
          aria-label="CA certificate"
          value={address.ca}
          className="textarea w-full font-mono text-xs"
        />
      </Fact>
    </Facts>
  </Section>
);
