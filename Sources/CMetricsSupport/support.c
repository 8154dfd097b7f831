#include "CMetricsSupport.h"
