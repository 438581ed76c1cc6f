#!/usr/bin/env bash
# Switches TOTP Guard on in a realm whose users log in with Keycloak's own flows: from then on everybody needs a
# one-time code, in the browser, in direct grants, and after a forgotten password; who has no device yet is led to set
# one up.
#
#   kcadm.sh config credentials --server http://localhost:8080 --realm master --user admin
#   KCADM=/opt/keycloak/bin/kcadm.sh docs/switch-on.sh acme
#
# KCADM        where kcadm.sh is; default: on the PATH. It must be logged in as an administrator of the realm.
# ISSUER       the name under which authenticator apps list the account; default: the realm's display name.
# MAX_DEVICES  how many devices a user may have; default: 5.
# TRUSTED_BROWSER_DAYS  for how many days a browser that its user trusts is not asked for a code; default: 0, never.
# VAULT        true: users with the role totp-vault have an authenticator vault (docs/vault.md).
#
# A second run changes nothing but what these say, and finishes what a first one left undone. To undo:
# bind Keycloak's own three flows again and enable the required actions CONFIGURE_TOTP and CONFIGURE_RECOVERY_AUTHN_CODES. Needs bash and kcadm.sh only, so it
# runs in Keycloak's container, too:
#
#   docker compose exec -T -e KCADM=/opt/keycloak/bin/kcadm.sh keycloak bash -s acme <docs/switch-on.sh
set -euo pipefail

realm=${1:?usage: switch-on.sh REALM}
kcadm=${KCADM:-kcadm.sh}

# get PATH FIELDS: one line for each element, fields separated by commas.
get() {
  "$kcadm" get "$1" -r "$realm" --fields "$2" --format csv --noquotes
}

# find_line PATH FIELDS PATTERN: the first such line that matches the glob pattern; empty when none does.
find_line() {
  local lines line
  lines=$(get "$1" "$2")
  while read -r line; do
    # shellcheck disable=SC2053
    if [[ $line == $3 ]]; then
      printf '%s\n' "$line"
      return
    fi
  done <<<"$lines"
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

# flow ALIAS: its path in the admin API.
flow() {
  printf '%s\n' "authentication/flows/${1// /%20}"
}

# copy FLOW COPY: a copy of one of Keycloak's flows, without Keycloak's second factor.
copy() {
  local built_in
  # Built-in flows cannot be changed, so a copy. It is not in use before it is bound.
  if [[ -z $(find_line authentication/flows alias "$2") ]]; then
    "$kcadm" create "$(flow "$1")/copy" -r "$realm" -s "newName=$2" >&2
  fi
  # Out with what only asks users who chose to have one ("Conditional OTP" before 26.4). Security keys and Keycloak's
  # recovery codes go with it: beside a required code they would be a third step.
  built_in=$(find_line "$(flow "$2")/executions" id,displayName "*,*Conditional @(2FA|OTP)")
  [[ -z $built_in ]] || "$kcadm" delete "authentication/executions/${built_in%%,*}" -r "$realm" >&2
}

# place COPY PLACE KIND FIELD NAME REQUIREMENT: an execution at the end of PLACE, whose FIELD says NAME. Prints its id.
place() {
  local executions fields="$4,id,priority,requirement" found id priority requirement
  executions="$(flow "$1")/executions"
  found=$(find_line "$executions" "$fields" "$5,*")
  if [[ -z $found ]]; then
    if [[ $3 == flow ]]; then
      "$kcadm" create "$(flow "$2")/executions/flow" -r "$realm" \
        -s "alias=$5" -s type=basic-flow -s provider=registration-page-form >&2
    else
      "$kcadm" create "$(flow "$2")/executions/execution" -r "$realm" -s "provider=$5" >&2
    fi
    found=$(find_line "$executions" "$fields" "$5,*")
  fi
  IFS=, read -r _ id priority requirement <<<"$found"
  # What is added is DISABLED. The endpoint takes one element of a list, so there is nothing to merge with; and a missing
  # priority would count as 0 and put the step before the password.
  [[ $requirement == "$6" ]] || "$kcadm" update "$executions" -r "$realm" --no-merge \
    --body "{\"id\": \"$id\", \"requirement\": \"$6\", \"priority\": $priority}" >&2
  printf '%s\n' "$id"
}

# sub_flow COPY PLACE ALIAS REQUIREMENT
sub_flow() {
  place "$1" "$2" flow displayName "$3" "$4" >/dev/null
}

# step COPY PLACE PROVIDER REQUIREMENT. Prints its id.
step() {
  place "$1" "$2" execution providerId "$3" "$4"
}

# action ID NAME: a required action is known to a realm only once it has been registered there.
action() {
  if [[ -z $(find_line authentication/required-actions alias "$1") ]]; then
    [[ -n $(find_line authentication/unregistered-required-actions providerId "$1") ]] ||
      fail "The server has no required action $1: is the jar in its providers directory?"
    "$kcadm" create authentication/register-required-action -r "$realm" -s "providerId=$1" -s "name=$2"
  fi
  "$kcadm" update "authentication/required-actions/$1" -r "$realm" -s enabled=true
}

# A flow that somebody has built already may hold more than Keycloak's own: a copy of the built-in one would drop that.
IFS=, read -r -a bound <<<"$(get "realms/$realm" browserFlow,directGrantFlow,resetCredentialsFlow)"
own=(browser "direct grant" "reset credentials")
for i in 0 1 2; do
  [[ ${bound[i]} == "${own[i]}" || ${bound[i]} == "totp-guard ${own[i]}" ]] ||
    fail "Realm $realm has its own ${own[i]} flow, \"${bound[i]}\". Add our steps to it instead: see the README."
done

# 1. The set-up of devices, and of backup codes, which are offered after the first device.
action totp-guard-setup "Set up an authenticator (TOTP Guard)"
action totp-guard-backup-codes "Make backup codes (TOTP Guard)"

# 2. The policy is this action's configuration. kcadm reads it, changes it and writes it back: the rest is kept.
policy=()
[[ -z ${ISSUER:-} ]] || policy+=(-s "config.issuer=$ISSUER")
[[ -z ${MAX_DEVICES:-} ]] || policy+=(-s "config.maxDevices=$MAX_DEVICES")
[[ -z ${TRUSTED_BROWSER_DAYS:-} ]] || policy+=(-s "config.trustedBrowserDays=$TRUSTED_BROWSER_DAYS")
[[ ${VAULT:-} != true ]] || policy+=(-s "config.vaultEnabled=true")
if ((${#policy[@]})); then
  "$kcadm" update authentication/required-actions/totp-guard-setup/config -r "$realm" "${policy[@]}"
fi

# 3. Keycloak's own set-ups must not stand beside ours: there the secrets come back in form fields, without limits.
"$kcadm" update authentication/required-actions/CONFIGURE_TOTP -r "$realm" -s enabled=false
if [[ -n $(find_line authentication/required-actions alias CONFIGURE_RECOVERY_AUTHN_CODES) ]]; then
  "$kcadm" update authentication/required-actions/CONFIGURE_RECOVERY_AUTHN_CODES -r "$realm" -s enabled=false
fi

# 4. The three ways to a session, each with a second factor after the password. In the browser it is a trusted browser, or
# a code, or a backup code. The code is in a sub-flow of its own, because Keycloak takes users without a device to the
# set-up only from a REQUIRED step.
browser="totp-guard browser"
copy browser "$browser"
sub_flow "$browser" "$browser forms" "$browser second factor" REQUIRED
step "$browser" "$browser second factor" totp-guard-trusted-browser ALTERNATIVE >/dev/null
sub_flow "$browser" "$browser second factor" "$browser code" ALTERNATIVE
form=$(step "$browser" "$browser code" totp-guard-form REQUIRED)
step "$browser" "$browser second factor" totp-guard-backup-code-form ALTERNATIVE >/dev/null

copy "direct grant" "totp-guard direct grant"
step "totp-guard direct grant" "totp-guard direct grant" totp-guard-direct-grant REQUIRED >/dev/null

# Keycloak's own signs in whoever opened the link in the mail.
copy "reset credentials" "totp-guard reset credentials"
step "totp-guard reset credentials" "totp-guard reset credentials" totp-guard-reset REQUIRED >/dev/null

# 5. What arrives in the claim "amr" (client mapper "Authentication Method Reference (AMR)"), for ten hours of session.
if [[ $(find_line authentication/flows/totp-guard%20browser/executions id,authenticationConfig "$form*") != *,?* ]]; then
  "$kcadm" create "authentication/executions/$form/config" -r "$realm" -s alias=totp-guard \
    -s 'config."default.reference.value"=otp' -s 'config."default.reference.maxAge"=36000'
fi

# 6. The vault's role and client.
if [[ ${VAULT:-} == true ]]; then
  "$kcadm" create totp-guard/setup -r "$realm" -o
fi

# 7. From here on it counts.
"$kcadm" update "realms/$realm" -s "browserFlow=totp-guard browser" -s "directGrantFlow=totp-guard direct grant" \
  -s "resetCredentialsFlow=totp-guard reset credentials"
echo "TOTP Guard is on in realm $realm."
