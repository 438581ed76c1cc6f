#!/usr/bin/env bash
# Switches TOTP Guard on in a realm whose users log in with Keycloak's own "browser" flow: from then on everybody
# needs a one-time code, and who has no device yet is led to set one up.
#
#   kcadm.sh config credentials --server http://localhost:8080 --realm master --user admin
#   KCADM=/opt/keycloak/bin/kcadm.sh docs/switch-on.sh acme
#
# KCADM        where kcadm.sh is; default: on the PATH. It must be logged in as an administrator of the realm.
# ISSUER       the name under which authenticator apps list the account; default: the realm's display name.
# MAX_DEVICES  how many devices a user may have; default: 5.
#
# A second run changes nothing but what ISSUER and MAX_DEVICES say, and finishes what a first one left undone. To undo:
# bind the flow "browser" again and enable the required action CONFIGURE_TOTP. Needs bash and kcadm.sh only, so it
# runs in Keycloak's container, too:
#
#   docker compose exec -T -e KCADM=/opt/keycloak/bin/kcadm.sh keycloak bash -s acme <docs/switch-on.sh
set -euo pipefail

realm=${1:?usage: switch-on.sh REALM}
kcadm=${KCADM:-kcadm.sh}
flow="totp-guard browser"
# In paths.
flow_path="authentication/flows/${flow// /%20}"

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

bound=$(get "realms/$realm" browserFlow)
# A flow that somebody has built already may hold more than passwords: a copy of the built-in one would drop that.
[[ $bound == browser || $bound == "$flow" ]] ||
  fail "Realm $realm logs in with its own flow \"$bound\". Add the step totp-guard-form to it instead."

# 1. The set-up. A required action is known to a realm only once it has been registered there.
if [[ -z $(find_line authentication/required-actions alias totp-guard-setup) ]]; then
  [[ -n $(find_line authentication/unregistered-required-actions providerId totp-guard-setup) ]] ||
    fail "The server has no required action totp-guard-setup: is the jar in its providers directory?"
  "$kcadm" create authentication/register-required-action -r "$realm" \
    -s providerId=totp-guard-setup -s "name=Set up an authenticator (TOTP Guard)"
fi
"$kcadm" update authentication/required-actions/totp-guard-setup -r "$realm" -s enabled=true

# 2. The policy is this action's configuration. kcadm reads it, changes it and writes it back: the rest is kept.
policy=()
[[ -z ${ISSUER:-} ]] || policy+=(-s "config.issuer=$ISSUER")
[[ -z ${MAX_DEVICES:-} ]] || policy+=(-s "config.maxDevices=$MAX_DEVICES")
if ((${#policy[@]})); then
  "$kcadm" update authentication/required-actions/totp-guard-setup/config -r "$realm" "${policy[@]}"
fi

# 3. Keycloak's own set-up must not stand beside ours: there the secret comes back in a form field, without limits.
"$kcadm" update authentication/required-actions/CONFIGURE_TOTP -r "$realm" -s enabled=false

# 4. Built-in flows cannot be changed, so a copy. It is not in use before step 8.
if [[ -z $(find_line authentication/flows alias "$flow") ]]; then
  "$kcadm" create authentication/flows/browser/copy -r "$realm" -s "newName=$flow"
fi

# 5. Out with Keycloak's second factor, which only asks users who chose to have one ("Conditional OTP" before 26.4).
#    Security keys and Keycloak's recovery codes go with it: beside a required code they would be a third step.
built_in=$(find_line "$flow_path/executions" id,displayName "*,*Conditional 2FA")
[[ -n $built_in ]] || built_in=$(find_line "$flow_path/executions" id,displayName "*,*Conditional OTP")
[[ -z $built_in ]] || "$kcadm" delete "authentication/executions/${built_in%%,*}" -r "$realm"

# 6. In with ours, after the password.
if [[ -z $(find_line "$flow_path/executions" providerId totp-guard-form) ]]; then
  "$kcadm" create "$flow_path%20forms/executions/execution" -r "$realm" -s provider=totp-guard-form
fi
form=$(find_line "$flow_path/executions" providerId,id,priority "totp-guard-form,*")
IFS=, read -r _ form_id form_priority <<<"$form"
# Added steps are DISABLED. The endpoint takes one element of a list, so there is nothing to merge with; and a missing
# priority would count as 0 and put the step before the password.
"$kcadm" update "$flow_path/executions" -r "$realm" --no-merge \
  --body "{\"id\": \"$form_id\", \"requirement\": \"REQUIRED\", \"priority\": $form_priority}"

# 7. What arrives in the claim "amr" (client mapper "Authentication Method Reference (AMR)"), for ten hours of session.
if [[ $(find_line "$flow_path/executions" id,authenticationConfig "$form_id*") != *,?* ]]; then
  "$kcadm" create "authentication/executions/$form_id/config" -r "$realm" -s alias=totp-guard \
    -s 'config."default.reference.value"=otp' -s 'config."default.reference.maxAge"=36000'
fi

# 8. From here on it counts.
"$kcadm" update "realms/$realm" -s "browserFlow=$flow"
echo "TOTP Guard is on in realm $realm."
