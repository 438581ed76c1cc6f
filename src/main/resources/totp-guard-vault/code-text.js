// Formats a code so that people can read and type it.

/**
 * 123 456, 1234 5678, 123 4567, 12345: groups of three, eight digits as two groups of four, and never a single digit.
 */
export function inGroups(code) {
    if (code.length <= 5) {
        return code;
    }
    if (code.length === 8) {
        return `${code.slice(0, 4)} ${code.slice(4)}`;
    }
    const groups = code.match(/\d{1,3}/g) ?? [code];
    if (groups.at(-1).length === 1) {
        const alone = groups.pop();
        groups[groups.length - 1] += alone;
    }
    return groups.join(" ");
}
