const OCTET = /^(?:0|[1-9][0-9]{0,2})$/;
const HEXTET = /^[0-9a-fA-F]{1,4}$/;

/** Whether Python's `ipaddress.ip_address(text)` takes the text (3.9.5 and later: no leading zeros in an octet). */
export function isIpAddress(text: string): boolean {
  return isIpv4(text) || isIpv6(text);
}

function isIpv4(text: string): boolean {
  const octets = text.split(".");
  return octets.length === 4 && octets.every((octet) => OCTET.test(octet) && Number(octet) <= 255);
}

function isIpv6(text: string): boolean {
  const percent = text.indexOf("%");
  const address = percent < 0 ? text : text.slice(0, percent);
  if (percent >= 0) {
    const zone = text.slice(percent + 1);
    if (zone === "" || zone.includes("%")) return false;
  }
  if (address.includes("/")) return false;
  const parts = address.split(":");
  if (parts.length < 3) return false;
  const last = parts.at(-1) ?? "";
  if (last.includes(".")) {
    if (!isIpv4(last)) return false;
    // An IPv4 tail stands for two hextets.
    parts.splice(-1, 1, "0", "0");
  }
  if (parts.length > 9) return false;
  const gaps = parts.flatMap((part, index) => (part === "" && index > 0 && index < parts.length - 1 ? [index] : []));
  if (gaps.length > 1) return false;
  if (gaps.length === 0) return parts.length === 8 && parts.every((part) => HEXTET.test(part));
  // Beside the gap itself, only a leading or trailing `::` leaves an empty part.
  if (parts[0] === "" && gaps[0] !== 1) return false;
  if (parts.at(-1) === "" && gaps[0] !== parts.length - 2) return false;
  const written = parts.filter((part) => part !== "");
  return written.length < 8 && written.every((part) => HEXTET.test(part));
}
