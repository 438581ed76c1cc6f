/**
 * QR codes (ISO/IEC 18004): of a text, as inline SVG, PNG or blocks in a terminal; and the search for them in a picture. Nothing is drawn
 * or read outside the process.
 */
package io.github.totpguard.core.qr;
