// Upgrade: what differs between two inventories (a later issue fills this room; see design.md).
#pragma once
