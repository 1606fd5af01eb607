import { type ImportField, importFields } from "../fields.ts";
import { headerKey } from "./header-key.ts";

/**
 * Other names of the columns, as `headerKey` gives them. Besides common words they are those of the published user
 * templates of Microsoft 365 and Entra ID, Google Workspace, Webex, Zoom, Okta and Slack.
 */
const synonyms: Record<ImportField, string> = {
  email:
    "email emailaddress mail emailid emails username userprincipalname upn useridemail userid login loginemail useremail workemail primaryemail companyemail",
  first_name: "firstname givenname forename first fname",
  last_name: "lastname surname familyname last lname",
  alternate_id:
    "alternateid employeeid employeenumber employeeno staffid staffnumber staffno personnelnumber alternateidentifier",
  work_phone:
    "workphone phone phonenumber officephone telephone telephonenumber businessphone workphonenumber worktelephone officetelephone",
  title: "title jobtitle employeetitle position",
  department: "department dept",
  user_status: "userstatus status action",
  location: "location office officelocation physicaldeliveryofficename site officename",
  street_address: "streetaddress address street workaddress addressline1",
  city: "city town locality",
  region: "region state province stateorprovince stateprovince county",
  postal_code: "postalcode zip zipcode ziporpostalcode postcode zippostalcode",
  country: "country countryorregion countryregion countrycode",
  license_type: "licensetype licencetype license licence licenses",
  service_id: "serviceid",
  extension: "extension ext extensionnumber",
  language: "language sprache idioma maillanguage",
  groups: "groups group usergroups usergroup teams team",
};

const fieldOfKey = new Map<string, ImportField>();
for (const { name } of importFields) for (const key of synonyms[name].split(" ")) fieldOfKey.set(key, name);

export type HeaderMeaning = ImportField | "password" | "unknown";

export function headerMeaning(header: string): HeaderMeaning {
  const key = headerKey(header);
  if (/passw(or)?d|passphrase|passcode|^pwd$|initialpwd|kennwort|passwort/.test(key)) return "password";
  // Columns that a suite writes and does not read back ("Status [READ ONLY]") are in words of its own.
  if (/read[ -]?only/i.test(header)) return "unknown";
  return fieldOfKey.get(key) ?? "unknown";
}
